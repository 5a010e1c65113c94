using System.Buffers.Binary;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>
/// On a slow disk the number of commits can be timed from outside. So a refused sign-in makes the same commits for every address. The test counts
/// them in the write-ahead log, where each page is a frame and the last frame of a commit is marked.
/// </summary>
[Trait("Engine", "Sqlite")]
public sealed class SameWritesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const int HeaderBytes = 32;
    private const int FrameHeaderBytes = 24;

    [Fact]
    public async Task A_refused_sign_in_writes_as_much_for_an_unknown_a_known_a_locked_and_a_disabled_address()
    {
        using var person = await APerson.OwnerAsync(portal);
        using var locked = await APerson.OwnerAsync(portal);
        using var disabled = await APerson.OwnerAsync(portal);
        using var stranger = new APerson(portal);
        await LockAsync(locked);
        await portal.ExecuteAsync($"UPDATE members SET is_disabled = 1 WHERE email = '{disabled.Email}'");
        await stranger.SendPasswordAsync("nobody@example.com");

        var known = await CountWritesAsync(stranger, person.Email);
        var unknown = await CountWritesAsync(stranger, "nobody@example.com");

        known.Commits.ShouldBe(2);
        unknown.ShouldBe(known);
        (await CountWritesAsync(stranger, "no address")).ShouldBe(known);
        (await CountWritesAsync(stranger, "")).ShouldBe(known);
        (await CountWritesAsync(stranger, locked.Email)).ShouldBe(known);
        (await CountWritesAsync(stranger, disabled.Email)).ShouldBe(known);
    }

    [Fact]
    public async Task What_a_stranger_tried_is_in_the_trail_of_nobody_without_what_was_typed()
    {
        using var stranger = new APerson(portal);
        await stranger.SendPasswordAsync("typed.by@a.stranger");

        var trail = await portal.Services.GetRequiredService<Tokenization.Audit.IAuditStore>().ListAsync(default, subject: null, before: null, limit: 1, TestContext.Current.CancellationToken);

        var entry = trail.ShouldHaveSingleItem().Entry;
        (entry.Actor, entry.Action, entry.Succeeded, entry.Detail).ShouldBe(("nobody", "sign-in refused", false, "unknown address"));
        entry.Address.ShouldNotBeNull();
        portal.FilesContain("typed.by"u8).ShouldBeFalse();
    }

    private async Task LockAsync(APerson person)
    {
        var store = portal.Services.GetRequiredService<IMemberStore>();
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();
        while (await store.TryTakeAttemptAsync(member.Id, portal.Clock.GetUtcNow()))
        {
            // until the account is locked
        }
    }

    // Sometimes a page is full, for any account; the fewest of a few attempts are what an attempt needs.
    private async Task<(int Commits, int Pages)> CountWritesAsync(APerson stranger, string email)
    {
        var counts = new List<(int Commits, int Pages)>();
        for (var i = 0; i < 3; i++)
        {
            var before = ReadLog();
            (await stranger.SendPasswordAsync(email, "wrong horse battery 9")).Error.ShouldNotBeNull();
            var after = ReadLog();
            counts.Add((after.Commits - before.Commits, after.Pages - before.Pages));
        }

        return counts.Min();
    }

    private (int Commits, int Pages) ReadLog()
    {
        using var file = new FileStream(Path.Combine(portal.DataDirectory, "portal.db-wal"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        var log = copy.GetBuffer().AsSpan(0, (int)copy.Length);
        var (pageBytes, salt) = ((int)BinaryPrimitives.ReadUInt32BigEndian(log[8..]), log.Slice(16, 8).ToArray());
        var (commits, pages) = (0, 0);
        for (var at = HeaderBytes; at + FrameHeaderBytes + pageBytes <= log.Length && log.Slice(at + 8, 8).SequenceEqual(salt); at += FrameHeaderBytes + pageBytes)
        {
            pages++;
            commits += BinaryPrimitives.ReadUInt32BigEndian(log[(at + 4)..]) > 0 ? 1 : 0;
        }

        return (commits, pages);
    }
}

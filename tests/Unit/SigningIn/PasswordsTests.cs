using System.Net;
using System.Text;
using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>Passwords that look the same are equal, however a keyboard composes them, and a ceremony is bound to the password that was entered.</summary>
public sealed class PasswordsTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    private const string Composed = "K\u00FChe gr\u00FC\u00DFen Aarhus 9";
    private const string Decomposed = "Ku\u0308he gru\u0308\u00DFen Aarhus 9";
    private const string FullWidth = "K\u00FChe gr\u00FC\u00DFen\u3000\uFF21arhus \uFF19";

    [Theory]
    [InlineData("plain ASCII 1", "plain ASCII 1")]
    [InlineData("e\u0301", "\u00E9")]
    [InlineData("\u212B", "\u00C5")]
    [InlineData("\uFB01\uFF11", "fi1")]
    [InlineData("\u1E9B\u0323", "\u1E69")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("\uD55C", "\uD55C")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\uD834\uDD5E", "\uD834\uDD57\uD834\uDD65")]
    [InlineData("\uFDFA", "\u0635\u0644\u0649 \u0627\u0644\u0644\u0647 \u0639\u0644\u064A\u0647 \u0648\u0633\u0644\u0645")]
    [InlineData("\uD83D\uDC18", "\uD83D\uDC18")]
    public void Texts_that_look_the_same_become_the_same(string text, string normalized) => Nfkc.Normalize(text).ShouldBe(normalized);

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    [InlineData(FullWidth, Composed)]
    public async Task A_password_signs_in_from_any_keyboard(string chosen, string typed)
    {
        using var person = new APerson(portal) { Password = chosen };
        await person.SetUpAsync(await APerson.LinkAsync(portal));
        await person.SignOutAsync();

        (await person.SendPasswordAsync(password: typed)).Path.ShouldBe("/sign-in/factor");
    }

    [Fact]
    public async Task A_hash_that_was_stored_before_passwords_were_normalized_keeps_working_and_is_replaced()
    {
        using var person = await SignedOutAsync();
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();
        var old = portal.Services.GetRequiredService<IPasswordHasher<Member>>().HashPassword(member, Decomposed);
        (await Members.TryRehashPasswordAsync(member.Id, member.PasswordHash, old)).ShouldBeTrue();

        (await person.SendPasswordAsync(password: Composed)).Status.ShouldBe(HttpStatusCode.Unauthorized, "what that version took was the other spelling");
        person.Password = Decomposed;
        await person.SignInAsync();

        person.IsSignedIn.ShouldBeTrue();
        (await person.FindMemberAsync())!.PasswordHash.ShouldNotBe(old, StringComparer.Ordinal);
        await person.SignOutAsync();
        (await person.SendPasswordAsync(password: Composed)).Path.ShouldBe("/sign-in/factor");
    }

    [Fact]
    public async Task A_password_that_is_changed_between_the_steps_ends_the_ceremony()
    {
        using var person = await SignedOutAsync();
        var second = await person.SendPasswordAsync();
        await ChangePasswordAsync(person);

        await person.Browser.SendFormAsync(second, "code", ("Input.Code", person.Code()));

        person.IsSignedIn.ShouldBeFalse();
    }

    [Fact]
    public async Task No_session_begins_or_is_confirmed_by_a_password_that_has_been_changed_since_it_was_shown()
    {
        using var person = await APerson.OwnerAsync(portal);
        var shown = (await person.FindMemberAsync()).ShouldNotBeNull();
        await ChangePasswordAsync(person);
        var sessions = portal.Services.GetRequiredService<ISessionStore>();
        var now = portal.Clock.GetUtcNow();
        var entry = EntryOf(shown, "signed in");

        (await sessions.BeginAsync(shown, now, now.AddHours(1), address: null, "Test", entry)).ShouldBeNull();

        var secret = (await sessions.BeginAsync((await person.FindMemberAsync())!, now, now.AddHours(1), address: null, "Test", entry)).ShouldNotBeNull();
        var session = (await sessions.FindAsync(secret, now, now.AddHours(-1), TestContext.Current.CancellationToken)).ShouldNotBeNull().Session;
        (await sessions.ConfirmAsync(shown, session.Id, now, entry)).ShouldBeNull();
    }

    [Fact]
    public async Task The_hash_that_a_ceremony_is_bound_to_is_the_one_that_was_verified()
    {
        using var person = await SignedOutAsync();
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();

        // The password changes after the member was read, and before the comparison ends.
        await ChangePasswordAsync(person);
        var verified = await portal.Services.GetRequiredService<Passwords>().VerifyAsync(member, person.Password, TestContext.Current.CancellationToken);

        verified.ShouldBe(member.PasswordHash);
        verified.ShouldNotBe((await person.FindMemberAsync())!.PasswordHash, StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_password_without_end_is_wrong_and_not_worked_on()
    {
        using var person = await SignedOutAsync();

        (await person.SendPasswordAsync(password: new string('\u0301', 20_000))).Status.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("correct horse battery 9")]
    [InlineData("elevenchars1")]
    [InlineData("Sommer in Aarhus 1999")]
    [InlineData("vk7Q tegu 3 fromp")]
    [InlineData("blue-kettle-sings-4-ever")]
    [InlineData("Ein Igel trinkt 7 Tee")]
    [InlineData("пароль лошадь скрепка 7")]
    public void A_phrase_of_words_of_ones_own_withstands_guessing(string password) => Rules.FaultsOf(password, "grace@navy.example", "Grace Hopper").ShouldBeEmpty();

    [Fact]
    public void The_most_frequent_passwords_are_refused_alone_doubled_and_with_a_year()
    {
        foreach (var word in EmbeddedLists.ReadLines("common-passwords.txt").Take(3000))
        {
            foreach (var password in new[] { $"{word}{word}{word}{word}1", $"{word}1234567890", $"{word}-2026-{word}", $"!!!{word.ToUpperInvariant()}123123" })
            {
                PasswordGuesses.Log10Of(password, new HashSet<string>(StringComparer.Ordinal)).ShouldBeLessThan(10, password);
            }
        }
    }

    [Fact]
    public void The_longest_password_is_judged_at_once()
    {
        var random = new Random(1);
        var longest = new string([.. Enumerable.Range(0, 256).Select(_ => (char)random.Next(' ', '~'))]);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        PasswordGuesses.Log10Of(longest, new HashSet<string>(StringComparer.Ordinal)).ShouldBeGreaterThan(100);

        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_character_is_a_code_point_no_matter_what_it_takes_to_store_it() =>
        Rules.FaultsOf(string.Concat(Enumerable.Repeat("\uD83D\uDC18", 9)) + "a1", "grace@navy.example", "Grace").ShouldContain(fault => fault.Contains("at least 12"));

    private IMemberStore Members => portal.Services.GetRequiredService<IMemberStore>();

    private PasswordRules Rules => portal.Services.GetRequiredService<PasswordRules>();

    private AuditEntry EntryOf(Member member, string action) =>
        new() { Account = member.Account, At = portal.Clock.GetUtcNow(), Actor = $"member:{member.Id.Value}", Action = action, Subject = $"member:{member.Id.Value}" };

    private async Task ChangePasswordAsync(APerson person)
    {
        var member = (await person.FindMemberAsync()).ShouldNotBeNull();
        var hash = await portal.Services.GetRequiredService<Passwords>().HashAsync("another horse battery 9", TestContext.Current.CancellationToken);
        await Members.ChangePasswordAsync(member.Id, hash, new SessionId(0), EntryOf(member, "password changed"));
    }

    private async Task<APerson> SignedOutAsync()
    {
        var person = await APerson.OwnerAsync(portal);
        await person.SignOutAsync();
        return person;
    }
}

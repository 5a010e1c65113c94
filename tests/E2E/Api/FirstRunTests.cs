using System.Diagnostics;
using System.Text.Json;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>A developer's first minute with the portal, and the next day.</summary>
public sealed class FirstRunTests
{
    [Fact]
    public async Task The_printed_call_works_when_pasted_and_its_answer_survives_a_restart()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(ct: ct);
        var call = (await Calls.FirstCallAsync(portal)).Replace("--data", "--header 'idempotencyKey: first' --data", StringComparison.Ordinal);
        var key = await Calls.FirstKeyAsync(portal);

        var first = await PasteAsync(call);
        first.GetProperty("status").GetString().ShouldBe("Authorized");
        first.GetProperty("id").GetString()!.ShouldMatch("^si_sandbox_[A-Za-z0-9_-]{22}$");

        await portal.StopAsync(ct);
        portal.ExitCode.ShouldBe(0);
        var printedBefore = portal.Output.Count;
        await portal.StartAgainAsync(ct);
        var second = await PasteAsync(call);
        await portal.StopAsync(ct);

        second.GetRawText().ShouldBe(first.GetRawText());
        portal.Output.Count(line => line.Contains(key, StringComparison.Ordinal)).ShouldBe(1, "a key is shown once");
        var printedAfter = string.Join('\n', portal.Output.Skip(printedBefore));
        printedAfter.ShouldNotBeEmpty();
        printedAfter.ShouldNotContain("sk_sandbox_");
        printedAfter.ShouldNotContain("curl ");
    }

    [Fact]
    public async Task The_root_key_is_readable_by_its_owner_alone_and_the_API_key_is_nowhere_on_the_disk()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(ct: ct);
        var key = await Calls.FirstKeyAsync(portal);
        await portal.StopAsync(ct);

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(portal.Directory, "keys", "root.key")).ShouldBe(UnixFileMode.UserRead);
        }

        var files = Directory.GetFiles(portal.Directory, "*", SearchOption.AllDirectories);
        files.ShouldContain(file => file.EndsWith("portal.db", StringComparison.Ordinal));
        foreach (var file in files)
        {
            var bytes = await File.ReadAllBytesAsync(file, ct);
            bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(key)).ShouldBe(-1, file);
        }
    }

    [Fact]
    public async Task Asked_to_stop_the_portal_stops_promptly_and_cleanly()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(ct: ct);
        await Calls.FirstKeyAsync(portal);
        var waited = Stopwatch.StartNew();

        await portal.StopAsync(ct);

        portal.ExitCode.ShouldBe(0);
        waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        portal.Output.ShouldNotContain(line => line.Contains("Exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_second_portal_on_the_same_data_refuses_to_start()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var first = await PortalProcess.StartAsync(ct: ct);

        var refused = await Should.ThrowAsync<InvalidOperationException>(() => PortalProcess.StartAsync(
            new PortalSettings
            {
                Variables = new Dictionary<string, string?>(StringComparer.Ordinal)
                {
                    ["Portal__DataDirectory"] = Path.Combine(first.Directory, "data"),
                    ["Vault__KeyDirectory"] = Path.Combine(first.Directory, "keys"),
                },
            },
            ct));

        refused.Message.ShouldContain("Another process is using");
    }

    private static async Task<JsonElement> PasteAsync(string command)
    {
        var ct = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo("bash", ["-c", command]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var shell = Process.Start(start)!;
        var output = await shell.StandardOutput.ReadToEndAsync(ct);
        await shell.WaitForExitAsync(ct);
        shell.ExitCode.ShouldBe(0);
        return JsonSerializer.Deserialize<JsonElement>(output);
    }
}

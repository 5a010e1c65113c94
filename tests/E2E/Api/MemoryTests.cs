using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>
/// A memory dump of the process, as a crash would leave it, contains no card number that has been tokenized. The test generates the numbers, which
/// belong to nobody, and uses a production key, because the sandbox's own numbers are constants of the program.
/// </summary>
[Trait("Length", "Long")]
public sealed class MemoryTests
{
    private const int Digits = 16;
    private const int Requests = 100;
    private const string Planted = "9876543210987650";

    [Fact]
    public async Task After_a_hundred_requests_a_memory_dump_holds_none_of_their_card_numbers()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = await PortalProcess.StartAsync(new PortalSettings { Arguments = [$"--Planted={Planted}"] }, ct);
        await Calls.FirstKeyAsync(portal);
        var key = await MakeProductionKeyAsync(portal);
        var numbers = Enumerable.Range(0, Requests).Select(UnlistedNumber).ToHashSet(StringComparer.Ordinal);
        numbers.Count.ShouldBe(Requests);
        foreach (var number in numbers)
        {
            var body = $$"""{"cardNumber":"{{number}}","expiryDate":"12/29","reference":"Dump"}""";
            var answer = await Calls.SendAsync(portal, Calls.Head(key, $"Content-Length: {body.Length}"), body);
            answer.Status.ShouldBe(HttpStatusCode.OK, answer.Text);
            answer.Text.ShouldContain("si_prod_");
        }

        var dump = Path.Combine(portal.Directory, "dump");
        if (!await TryDumpAsync(portal, dump))
        {
            TestContext.Current.TestOutputHelper!.WriteLine("NOT CHECKED: this runtime has no createdump, so the memory of the process could not be looked at.");
            return;
        }

        var found = FindDigitRuns(dump);
        found.Contains(Planted).ShouldBeTrue("the planted number shows that the dump has the memory and that the scan reads it");
        found.Contains($"UTF-16 {Planted}").ShouldBeTrue("the planted number is a string of the program too");
        found.Where(run => numbers.Contains(run[^Digits..])).Select(run => $"{run[..^4]}****").ShouldBeEmpty();
    }

    private static async Task<string> MakeProductionKeyAsync(PortalProcess portal)
    {
        var start = new ProcessStartInfo("dotnet", [RepositoryPaths.PortalAssembly, "api-keys", "create", "production"])
        {
            WorkingDirectory = portal.Directory,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Portal__DataDirectory"] = Path.Combine(portal.Directory, "data");
        start.Environment["Vault__KeyDirectory"] = Path.Combine(portal.Directory, "keys");
        var output = await RunAsync(start);
        return output.Split('\n').Single(line => line.StartsWith("sk_prod_", StringComparison.Ordinal)).Trim();
    }

    /// <returns>False when the runtime lacks the tool.</returns>
    private static async Task<bool> TryDumpAsync(PortalProcess portal, string path)
    {
        var tool = Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "createdump");
        if (!File.Exists(tool))
        {
            return false;
        }

        await RunAsync(new ProcessStartInfo(tool, ["--withheap", "--name", path, ProcessIdOf(portal).ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        });
        new FileInfo(path).Length.ShouldBeGreaterThan(10_000_000);
        return true;
    }

    private static int ProcessIdOf(PortalProcess portal) =>
        Process.GetProcessesByName("dotnet").Select(process => process.Id).Single(id =>
            File.ReadAllText($"/proc/{id}/cmdline").Contains(portal.BaseAddress.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));

    private static async Task<string> RunAsync(ProcessStartInfo start)
    {
        var ct = TestContext.Current.CancellationToken;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        process.ExitCode.ShouldBe(0, output);
        return output;
    }

    /// <summary>Finds every run of 16 digits in the file, in one-byte and in two-byte characters; the latter are marked as such.</summary>
    private static HashSet<string> FindDigitRuns(string path)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var ascii = new StringBuilder();
        var wide = new[] { new StringBuilder(), new StringBuilder() }; // starting at even and at odd offsets of the file
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
        var buffer = new byte[1 << 20];
        int read, previous = -1;
        var position = 0L;
        while ((read = file.Read(buffer)) > 0)
        {
            foreach (var value in buffer.AsSpan(0, read))
            {
                Extend(ascii, char.IsAsciiDigit((char)value) ? (char)value : null, "", found);
                if (previous >= 0)
                {
                    var isDigit = value == 0 && char.IsAsciiDigit((char)previous);
                    Extend(wide[position & 1], isDigit ? (char)previous : null, "UTF-16 ", found);
                }

                previous = value;
                position++;
            }
        }

        return found;
    }

    private static void Extend(StringBuilder run, char? digit, string mark, HashSet<string> found)
    {
        if (digit is null)
        {
            run.Clear();
            return;
        }

        run.Append(digit.Value);
        if (run.Length >= Digits)
        {
            found.Add(mark + run.ToString(run.Length - Digits, Digits));
        }
    }

    // Has the prefix of a published test card, so it is unlikely to belong to anybody; the test never writes it anywhere.
    private static string UnlistedNumber(int index)
    {
        var digits = string.Create(CultureInfo.InvariantCulture, $"4242424242{(Random.Shared.Next(900) * 100) + index:00000}");
        var sum = digits.Reverse().Select((digit, place) => (digit - '0') * (place % 2 == 0 ? 2 : 1)).Sum(value => value > 9 ? value - 9 : value);
        return $"{digits}{(10 - (sum % 10)) % 10}";
    }
}

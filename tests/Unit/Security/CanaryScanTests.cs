using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Security;

/// <summary>
/// Sends card numbers through the service in every valid and invalid way, and then searches for them, for API keys and for the root key wherever
/// software leaves data behind.
/// </summary>
[Trait("Engine", "Sqlite")]
public sealed class CanaryScanTests
{
    private const string Canary = "4242424242424242";

    public static TheoryData<string, byte[]> Plants => new()
    {
        { "as it is", Ascii(Canary) },
        { "UTF-16", Encoding.Unicode.GetBytes(Canary) },
        { "with spaces", Ascii("4242 4242 4242 4242") },
        { "with hyphens", Ascii("4242-4242-4242-4242") },
        { "reversed", Ascii("2424242424242424") },
        { "hexadecimal", Ascii("34323432343234323432343234323432") },
        { "JSON escapes", Ascii(@"\u0034\u0032\u0034\u0032\u0034\u0032\u0034\u0032\u0034\u0032\u0034\u0032\u0034\u0032\u0034\u0032") },
        { "base64 at the start", Ascii(Convert.ToBase64String(Ascii($"{Canary} and more"))) },
        { "base64 one later", Ascii(Convert.ToBase64String(Ascii($"x{Canary} and more"))) },
        { "base64 two later", Ascii(Convert.ToBase64String(Ascii($"xy{Canary}"))) },
        { "base64 of a Basic credential", Ascii(Convert.ToBase64String(Ascii($"user:{Canary}"))) },
    };

    [Theory]
    [MemberData(nameof(Plants))]
    public void The_scanner_finds_what_is_planted(string form, byte[] plant)
    {
        byte[] haystack = [.. new byte[1000], .. plant, .. new byte[1000]];
        var scanner = new CanaryScanner().AddText("canary", Canary);

        scanner.Find("haystack", haystack).ShouldNotBeEmpty(form);
        scanner.Find("haystack", haystack.AsSpan(0, 1000 + (plant.Length / 2))).ShouldBeEmpty();
    }

    [Fact]
    public void The_scanner_finds_keys_as_bytes_and_as_text()
    {
        byte[] key = [.. Enumerable.Range(7, 32).Select(i => (byte)(i * 37))];
        var scanner = new CanaryScanner().AddBytes("key", key);

        scanner.Find("haystack", [1, 2, .. key, 3]).ShouldContain(found => found.StartsWith("key as bytes", StringComparison.Ordinal));
        scanner.Find("haystack", Convert.ToHexString(key)).ShouldNotBeEmpty();
        scanner.Find("haystack", Convert.ToBase64String(key)).ShouldNotBeEmpty();
        scanner.Find("haystack", [1, 2, .. key[1..], 3]).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_scanner_finds_what_is_planted_in_a_file_below_a_directory()
    {
        var directory = Directory.CreateTempSubdirectory("dojo-pci-portal-tests-");
        var path = Path.Combine(directory.CreateSubdirectory("deep").FullName, "portal.db-wal");
        await File.WriteAllTextAsync(path, $"before {Canary} after", TestContext.Current.CancellationToken);

        var (found, bytes) = new CanaryScanner().AddText("canary", Canary).FindBelow(directory.FullName);

        found.ShouldNotBeEmpty();
        bytes.ShouldBe(29);
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task No_card_number_and_no_key_is_left_behind_anywhere()
    {
        var unlisted = Enumerable.Range(0, 2).Select(_ => CardNumbers.Unlisted()).Distinct(StringComparer.Ordinal).ToArray();
        string[] numbers = [ACard.Approved, ACard.Declined, "378282246310005", .. unlisted];
        var answers = new List<ApiAnswer>();
        using var telemetry = new Telemetry();
        var filesBefore = LooseFiles();

        var portal = await PortalFactory.StartAsync();
        await using (portal)
        {
            var scanner = await ScannerForAsync(portal, numbers);
            await DriveAsync(portal, numbers, answers, telemetry.TraceParent);

            // While the portal runs: the write-ahead log contains the latest pages.
            File.Exists(Path.Combine(portal.DataDirectory, "portal.db-wal")).ShouldBeTrue();
            ShouldBeClean(scanner, portal);
            (await portal.CountSetupIntentsAsync()).ShouldBeGreaterThan(numbers.Length);

            var restarted = await portal.RestartAsync();
            await using (restarted)
            {
                // And after a graceful stop.
                ShouldBeClean(scanner, restarted);
            }

            answers.Count.ShouldBeGreaterThan(numbers.Length * 10);
            answers.SelectMany(answer => scanner.Find("an answer", answer.Everything)).ShouldBeEmpty();
            portal.Log.Entries.Count.ShouldBeGreaterThan(answers.Count);
            var lines = portal.Log.Entries.SelectMany(entry => entry.Text.Split('\n')).Distinct(StringComparer.Ordinal);
            scanner.Find("the log", string.Join('\n', lines)).ShouldBeEmpty();
            telemetry.Spans.Count.ShouldBeGreaterThan(answers.Count / 2);
            scanner.Find("the traces", string.Join('\n', telemetry.Spans)).ShouldBeEmpty();
            telemetry.Measurements.ShouldNotBeEmpty();
            scanner.Find("the metrics", string.Join('\n', telemetry.Measurements.Keys)).ShouldBeEmpty();
            foreach (var path in LooseFiles().Except(filesBefore, StringComparer.Ordinal))
            {
                scanner.Find(path, await ReadIfStillThereAsync(path)).ShouldBeEmpty();
            }
        }
    }

    private static async Task<CanaryScanner> ScannerForAsync(PortalFactory portal, IEnumerable<string> numbers)
    {
        var scanner = new CanaryScanner()
            .AddText("sandbox key", portal.SandboxKey.Secret)
            .AddText("production key", portal.ProductionKey.Secret)
            .AddBytes("root key", await File.ReadAllBytesAsync(Path.Combine(portal.KeyDirectory, "root.key"), TestContext.Current.CancellationToken));
        foreach (var number in numbers)
        {
            scanner.AddText($"card …{number[^4..]}", number);
        }

        foreach (var (id, key) in await portal.UnwrapDataKeysAsync())
        {
            scanner.AddBytes($"data key {id}", key);
        }

        return scanner;
    }

    private static void ShouldBeClean(CanaryScanner scanner, PortalFactory portal)
    {
        var (found, bytes) = scanner.FindBelow(portal.DataDirectory);
        found.ShouldBeEmpty();
        bytes.ShouldBeGreaterThan(50_000, "there was something to look at");
    }

    /// <summary>Sends every kind of request that contains a card number, for every number.</summary>
    private static async Task DriveAsync(PortalFactory portal, IEnumerable<string> numbers, List<ApiAnswer> answers, (string, string) traceParent)
    {
        using var sandbox = portal.SandboxClient();
        using var production = portal.ProductionClient();
        using var anonymous = portal.AnonymousClient();
        foreach (var number in numbers)
        {
            string[] bodies =
            [
                new ACard { Number = number }.ToJson(),
                new ACard { Number = number, Expiry = "01/20" }.ToJson(),
                new ACard { Number = number, Expiry = null }.ToJson(),
                new ACard { Number = number, Expiry = "nonsense" }.ToJson(),
                new ACard { Number = number, Reference = number }.ToJson(),
                new ACard { Number = number, Description = CardNumbers.Grouped(number, " ") }.ToJson(),
                new ACard { Metadata = ACard.Entries((number, "v")) }.ToJson(),
                new ACard { Metadata = ACard.Entries(("k", CardNumbers.Grouped(number, "-"))) }.ToJson(),
                new ACard { Number = CardNumbers.Grouped(number, " ") }.ToJson(),
                $$"""{"reference":"r","cardNumber":{{number}},"expiryDate":"12/29"}""",
                $$"""{"reference":"r","{{number}}":"v"}""",
                $$"""{"reference":"r","pan":"{{number}}","cvv":"123"}""",
                $$"""{"reference":"r","cardNumber":"{{number}}","cardNumber":"{{number}}"}""",
                $$"""{"reference":"r","cardNumber":"{{CardNumbers.Escaped(number)}}","expiryDate":"12/29"}""",
                $$"""{"reference":"r","metadata":{"{{number}}":1} }""",
                $$"""{"reference":"r","cardNumber":"{{number}}""",
                number,
            ];
            foreach (var body in bodies)
            {
                answers.Add(await sandbox.TokenizeAsync(body, traceParent));
                answers.Add(await production.TokenizeAsync(body, traceParent));
            }

            answers.Add(await sandbox.TokenizeAsync(bodies[0], traceParent, ("idempotencyKey", $"key {number}")));
            answers.Add(await sandbox.TokenizeAsync(bodies[0], traceParent, ("idempotencyKey", $"key {number}")));
            answers.Add(await sandbox.TokenizeAsync(ACard.None.ToJson(), traceParent, ("idempotencyKey", $"key {number}")));
            answers.Add(await sandbox.TokenizeAsync(bodies[0], traceParent, ("Content-Type", $"text/{number}")));
            answers.Add(await sandbox.TokenizeAsync(bodies[0].PadRight(70_000), traceParent));
            answers.Add(await anonymous.TokenizeAsync(bodies[0], traceParent, ("Authorization", $"Basic {number}"), ("version", number)));
            answers.Add(await sandbox.AskAsync(HttpMethod.Get, $"/setup-intents/{number}?card={number}", null, traceParent));
            answers.Add(await anonymous.AskAsync(HttpMethod.Get, $"/{number}?card={number}", null, traceParent, ("User-Agent", number), ("Referer", $"http://x/{number}")));
        }

        answers.Add(await anonymous.AskAsync(HttpMethod.Post, $"/setup-intents?key={portal.SandboxKey.Secret}", "{}"u8.ToArray(), traceParent));
        answers.Add(await anonymous.AskAsync(HttpMethod.Get, $"/{portal.SandboxKey.Secret}", null, traceParent));
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);

    /// <summary>The files where a careless program would leave something. The machine's temporary directory is shared, and contains pipes.</summary>
    private static string[] LooseFiles() => Directory.GetFiles(Environment.CurrentDirectory);

    private static async Task<string> ReadIfStillThereAsync(string path)
    {
        try
        {
            return await File.ReadAllTextAsync(path, Encoding.Latin1, TestContext.Current.CancellationToken);
        }
        catch (Exception gone) when (gone is FileNotFoundException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    /// <summary>Listens to every meter of the process, and to the traces that this test began.</summary>
    private sealed class Telemetry : IDisposable
    {
        private readonly ActivityTraceId _trace = ActivityTraceId.CreateRandom();
        private readonly ActivityListener _activities;
        private readonly MeterListener _meters = new();

        public Telemetry()
        {
            _activities = new ActivityListener
            {
                ShouldListenTo = source => source.Name != "System.Net.Http", // the test's own calls
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Keep,
            };
            ActivitySource.AddActivityListener(_activities);
            _meters.InstrumentPublished = (instrument, listener) =>
            {
                if (!instrument.Meter.Name.StartsWith("System.Net", StringComparison.Ordinal))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _meters.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Keep(instrument, tags));
            _meters.SetMeasurementEventCallback<int>((instrument, _, tags, _) => Keep(instrument, tags));
            _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Keep(instrument, tags));
            _meters.Start();
        }

        public ConcurrentQueue<string> Spans { get; } = new();

        public ConcurrentDictionary<string, byte> Measurements { get; } = new(StringComparer.Ordinal);

        public (string, string) TraceParent => ("traceparent", $"00-{_trace}-b7ad6b7169203331-01");

        public void Dispose()
        {
            _activities.Dispose();
            _meters.Dispose();
        }

        private static string Describe(IEnumerable<KeyValuePair<string, object?>> tags) => string.Join(' ', tags.Select(tag => $"{tag.Key}={tag.Value}"));

        private void Keep(Activity activity)
        {
            if (activity.TraceId == _trace)
            {
                var events = string.Join(' ', activity.Events.Select(entry => $"{entry.Name} {Describe(entry.Tags)}"));
                var baggage = string.Join(' ', activity.Baggage.Select(entry => $"{entry.Key}={entry.Value}"));
                Spans.Enqueue($"{activity.DisplayName} {activity.StatusDescription} {Describe(activity.TagObjects)} {events} {baggage} {activity.TraceStateString}");
            }
        }

        private void Keep(Instrument instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            Measurements[$"{instrument.Meter.Name} {instrument.Name} {Describe(tags.ToArray())}"] = 0;
    }
}

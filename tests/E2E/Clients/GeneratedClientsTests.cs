using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Clients;

/// <summary>
/// Clients that third-party generators create from the description of a running portal compile, and take a token through its life. The programs
/// around them are in <c>tests/Clients</c>; the generated code is not kept.
/// </summary>
[Trait("Length", "Long")]
public sealed class GeneratedClientsTests(GeneratedClientsTests.PortalWithReceivers portal) : IClassFixture<GeneratedClientsTests.PortalWithReceivers>
{
    private const string Done = "tokenized, charged, refunded, subscribed";

    private static readonly string s_dotNet = Path.Combine(RepositoryPaths.Root, "tests", "Clients", "DotNet");
    private static readonly string s_typeScript = Path.Combine(RepositoryPaths.Root, "tests", "Clients", "TypeScript");
    private static readonly string s_postman = Path.Combine(RepositoryPaths.Root, "tests", "Clients", "Postman");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Clients_of_Kiota_and_NSwag_compile_and_tokenize_charge_refund_and_subscribe()
    {
        var description = await portal.DescriptionAsync(s_dotNet);
        await RunAsync("dotnet", s_dotNet, "tool", "restore");
        await RunAsync(
            "dotnet", s_dotNet,
            "kiota", "generate", "--language", "CSharp", "--openapi", description, "--output", "Generated/Kiota", "--class-name", "KiotaClient",
            "--namespace-name", "Dojo.Pci.Tests.Clients.Kiota", "--exclude-backward-compatible", "--log-level", "Error");
        await RunAsync(
            "dotnet", s_dotNet,
            "nswag", "openapi2csclient", $"/input:{description}", "/output:Generated/NSwag.cs", "/namespace:Dojo.Pci.Tests.Clients.NSwag",
            "/className:{controller}Client", "/operationGenerationMode:MultipleClientsFromOperationId", "/generateOptionalParameters:true");

        var output = await RunAsync("dotnet", s_dotNet, "run");

        output.ShouldContain($"Kiota: {Done}");
        output.ShouldContain($"NSwag: {Done}");
    }

    [Fact]
    public async Task A_client_with_the_types_of_openapi_typescript_compiles_and_does_the_same()
    {
        var description = await portal.DescriptionAsync(s_typeScript);
        await InstallPackagesAsync(s_typeScript);
        var tools = Path.Combine(s_typeScript, "node_modules", ".bin");
        await RunAsync(Path.Combine(tools, "openapi-typescript"), s_typeScript, description, "--output", "Generated/portal.d.ts");
        await RunAsync(Path.Combine(tools, "tsc"), s_typeScript);

        var output = await RunAsync("node", s_typeScript, "Generated/run/journey.js");

        output.ShouldContain($"openapi-typescript: {Done}");
    }

    [Fact]
    public async Task A_Postman_collection_of_it_runs_green_a_journey_that_succeeds_and_each_request_there_is()
    {
        var description = await portal.DescriptionAsync(s_postman);
        await InstallPackagesAsync(s_postman);
        await RunAsync("node", s_postman, "collection.js", description, "Generated/collection.json");

        var output = await RunAsync(
            Path.Combine(s_postman, "node_modules", ".bin", "newman"), s_postman,
            "run", "Generated/collection.json", "--color", "off", "--env-var", $"baseUrl={portal.Address}", "--env-var", $"apiKey=Basic {portal.Key}", "--env-var", "receiver=http://localhost:1/postman");

        output.ShouldContain("POST /webhooks succeeds");
        output.ShouldContain("GET /health/ready is answered as described");
    }

    [Fact]
    public async Task A_journey_over_the_description_is_green_and_every_answer_fits_its_schema()
    {
        var folder = Path.Combine(RepositoryPaths.Root, "tests", "OpenApi");

        var output = await RunAsync(Path.Combine(folder, "respect"), folder);

        output.ShouldContain("Steps: 7 passed, 7 total");
    }

    private Task<string> InstallPackagesAsync(string folder) => RunAsync("npm", folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");

    private async Task<string> RunAsync(string program, string folder, params string[] arguments)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["BASE"] = portal.Address,
            ["KEY"] = portal.Key,
            ["RECEIVER"] = "http://localhost:1", // no event is sent to it before the programs end
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "true",
            ["KIOTA_TELEMETRY_OPTOUT"] = "true",
            ["KIOTA_OFFLINE_ENABLED"] = "true", // otherwise it checks for a newer version
            // A compiler server would keep a pipe open after the program has ended.
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        };
        var (exitCode, output, errors) = await Script.RunAsync(program, arguments, variables, folder, Ct);
        exitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}\n{output}\n{errors}");
        return output;
    }

    /// <summary>A portal whose sandbox may send events to this machine.</summary>
    public sealed class PortalWithReceivers : IAsyncLifetime
    {
        private PortalProcess _portal = null!;

        public string Key { get; private set; } = "";

        public string Address => _portal.BaseAddress.GetLeftPart(UriPartial.Authority);

        public async ValueTask InitializeAsync()
        {
            var settings = new PortalSettings { Variables = new Dictionary<string, string?>(StringComparer.Ordinal) { ["Webhooks__AllowLocalhost"] = "true" } };
            _portal = await PortalProcess.StartAsync(settings, Ct);
            Key = await Calls.FirstKeyAsync(_portal);
        }

        public ValueTask DisposeAsync() => _portal.DisposeAsync();

        /// <summary>Stores the description where a client is to be generated, and removes what was generated before.</summary>
        public async Task<string> DescriptionAsync(string folder)
        {
            var generated = Path.Combine(folder, "Generated");
            if (Directory.Exists(generated))
            {
                Directory.Delete(generated, recursive: true);
            }

            Directory.CreateDirectory(generated);
            var file = Path.Combine(generated, "portal.json");
            await File.WriteAllBytesAsync(file, await _portal.Client.GetByteArrayAsync(new Uri("openapi/v1.json", UriKind.Relative), Ct), Ct);
            return file;
        }
    }
}

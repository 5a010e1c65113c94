using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.RegularExpressions;
using Dojo.Pci.Tests.E2E.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace Dojo.Pci.Tests.E2E.Deploy;

/// <summary>The files of <c>deploy</c>: each is checked by the program that reads it in operation, or by its rules.</summary>
public sealed partial class DeployFilesTests
{
    private const string Unit = "dojo-pci-portal.service";
    private static readonly string s_deploy = Path.Combine(RepositoryPaths.Root, "deploy");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_systemd_unit_is_understood_whole()
    {
        var directory = Directory.CreateTempSubdirectory("dojo-pci-unit-");
        try
        {
            // The program need not be installed here.
            var unit = await File.ReadAllTextAsync(Path.Combine(s_deploy, "systemd", Unit), Ct);
            var path = Path.Combine(directory.FullName, Unit);
            await File.WriteAllTextAsync(path, unit.Replace("/opt/dojo-pci-portal/Dojo.Pci.Portal", "/bin/true", StringComparison.Ordinal), Ct);

            var (exitCode, printed) = await RunAsync("systemd-analyze", "verify", path);

            printed.ShouldBeEmpty();
            exitCode.ShouldBe(0);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_systemd_unit_exposes_little()
    {
        var (_, printed) = await RunAsync("systemd-analyze", "security", "--offline=true", "--no-pager", Path.Combine(s_deploy, "systemd", Unit));

        var exposure = Exposure().Match(printed).Groups["level"].Value;
        decimal.Parse(exposure, CultureInfo.InvariantCulture).ShouldBeLessThanOrEqualTo(2.0m, printed);
    }

    [Fact]
    public async Task In_Kubernetes_one_replica_runs_as_an_ordinary_user_with_probes_a_budget_and_a_network_policy()
    {
        var documents = (await ReadAsync("kubernetes", "portal.yaml")).ToDictionary(document => Text(document, "kind"), StringComparer.Ordinal);
        var pod = At(documents["StatefulSet"], "spec", "template", "spec");
        var container = (YamlMappingNode)((YamlSequenceNode)At(pod, "containers")).Children.Single();

        Text(documents["StatefulSet"], "spec", "replicas").ShouldBe("1");
        Text(pod, "securityContext", "runAsNonRoot").ShouldBe("true");
        Text(pod, "automountServiceAccountToken").ShouldBe("false");
        Text(container, "securityContext", "readOnlyRootFilesystem").ShouldBe("true");
        Text(container, "securityContext", "allowPrivilegeEscalation").ShouldBe("false");
        Text(container, "livenessProbe", "httpGet", "path").ShouldBe("/health/live");
        Text(container, "readinessProbe", "httpGet", "path").ShouldBe("/health/ready");
        Text(documents["PodDisruptionBudget"], "spec", "minAvailable").ShouldBe("1");

        // All selectors match the same pods.
        var labels = At(documents["StatefulSet"], "spec", "template", "metadata", "labels").ToString();
        foreach (var selector in new[]
        {
            At(documents["StatefulSet"], "spec", "selector", "matchLabels"), At(documents["Service"], "spec", "selector"),
            At(documents["PodDisruptionBudget"], "spec", "selector", "matchLabels"), At(documents["NetworkPolicy"], "spec", "podSelector", "matchLabels"),
        })
        {
            selector.ToString().ShouldBe(labels);
        }

        ((YamlSequenceNode)At(documents["NetworkPolicy"], "spec", "policyTypes")).Select(type => type.ToString()).ShouldBe(["Ingress", "Egress"]);
    }

    [Fact]
    public async Task In_compose_nothing_but_the_proxy_is_published_and_no_root_file_system_is_written()
    {
        var services = (YamlMappingNode)At((await ReadAsync("container", "compose.yaml")).Single(), "services");

        services.Children.Select(service => (service.Key.ToString(), At(service.Value, "read_only").ToString())).ShouldBe([("portal", "true"), ("proxy", "true")]);
        ((YamlMappingNode)services["portal"]).Children.ContainsKey("ports").ShouldBeFalse();
        Text(services, "portal", "user").ShouldBe("1654:1654");

        // The portal trusts only the proxy, by its address.
        Text(services, "portal", "environment", "Portal__TrustedProxies").ShouldBe(Text(services, "proxy", "networks", "behind_proxy", "ipv4_address"));
        (await File.ReadAllTextAsync(Path.Combine(s_deploy, "container", "haproxy.cfg"), Ct)).ShouldContain($"server portal {Text(services, "portal", "networks", "behind_proxy", "ipv4_address")}:5080 check");
    }

    [Fact]
    public async Task In_compose_of_several_nodes_nothing_but_the_proxy_is_published_and_each_finds_the_next()
    {
        var root = (await ReadAsync("compose", "compose.yaml")).Single();
        var services = (YamlMappingNode)At(root, "services");
        var proxy = await File.ReadAllTextAsync(Path.Combine(s_deploy, "compose", "haproxy.cfg"), Ct);
        var pool = await File.ReadAllTextAsync(Path.Combine(s_deploy, "compose", "pgbouncer.ini"), Ct);

        services.Children.Where(service => ((YamlMappingNode)service.Value).Children.ContainsKey("ports")).Select(service => service.Key.ToString()).ShouldBe(["proxy"]);
        Text(root, "x-node", "read_only").ShouldBe("true");
        Text(root, "x-node", "user").ShouldBe("1654:1654");
        Text(root, "x-node", "environment", "Portal__TrustedProxies").ShouldBe(AddressOf("proxy"));
        Text(root, "x-node", "environment", "Storage__ConnectionString").ShouldStartWith($"Host={AddressOf("pool")};Port=6432;Database=portal;Username=portal_app;", customMessage: "the nodes own nothing");
        Text(services, "migrate", "environment", "Storage__ConnectionString").ShouldStartWith($"Host={AddressOf("database")};Database=portal;Username={Text(services, "database", "environment", "POSTGRES_USER")};");
        pool.ShouldContain($"host={AddressOf("database")} port=5432");
        proxy.ShouldContain($"server node1 {AddressOf("node1")}:5080");
        proxy.ShouldContain($"server node2 {AddressOf("node2")}:5080");

        string AddressOf(string service) => Text(services, service, "networks", "inside", "ipv4_address");
    }

    [Fact]
    public async Task The_image_ends_as_an_ordinary_user_without_a_shell()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(s_deploy, "container", "Containerfile"), Ct);
        var last = lines.Skip(Array.FindLastIndex(lines, line => line.StartsWith("FROM ", StringComparison.Ordinal))).ToList();

        lines.ShouldContain(line => line.StartsWith("ARG RUNTIME_IMAGE=", StringComparison.Ordinal) && line.Contains("chiseled", StringComparison.Ordinal));
        last.Contains("USER 1654:1654").ShouldBeTrue();
        last.Where(line => line.StartsWith("RUN ", StringComparison.Ordinal)).ShouldBeEmpty("there is nothing to run it with");
        last.Where(line => line.StartsWith("ENTRYPOINT", StringComparison.Ordinal)).ShouldHaveSingleItem().ShouldStartWith("ENTRYPOINT [");
    }

    [Fact]
    public async Task HAProxy_understands_its_configuration()
    {
        var directory = Directory.CreateTempSubdirectory("dojo-pci-haproxy-");
        try
        {
            var pem = Path.Combine(directory.FullName, "tls.pem");
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
            await File.WriteAllTextAsync(pem, $"{certificate.ExportCertificatePem()}\n{key.ExportECPrivateKeyPem()}\n", Ct);
            var configuration = await File.ReadAllTextAsync(Path.Combine(s_deploy, "container", "haproxy.cfg"), Ct);
            var path = Path.Combine(directory.FullName, "haproxy.cfg");
            await File.WriteAllTextAsync(path, configuration.Replace("/run/secrets/tls.pem", pem, StringComparison.Ordinal), Ct);

            var (exitCode, printed) = await RunAsync("haproxy", "-c", "-f", path);

            exitCode.ShouldBe(0, printed);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<IReadOnlyList<YamlNode>> ReadAsync(string folder, string file)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(s_deploy, folder, file), Ct)));
        return [.. yaml.Documents.Select(document => document.RootNode)];
    }

    private static YamlNode At(YamlNode node, params string[] path) => path.Aggregate(node, (parent, name) => parent[name]);

    private static string Text(YamlNode node, params string[] path) => At(node, path).ToString();

    private static Task<(int ExitCode, string Printed)> RunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.Environment["PATH"] += ":/usr/sbin:/sbin";
        return DotnetProgram.RunAsync(start, Ct);
    }

    [GeneratedRegex(@"Overall exposure level for \S+: (?<level>\d+\.\d+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Exposure();
}

using System.Diagnostics;
using System.Globalization;
using System.Net.Security;
using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dojo.Pci.Bench.Servers;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace Dojo.Pci.Tests.E2E.Nodes;

/// <summary>
/// The system of <c>deploy/compose</c> as plain processes on this machine: nodes, HAProxy in front of them, PgBouncer and PostgreSQL behind them,
/// each with its configuration from there. A network link that can be cut connects each node to PgBouncer.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class Fleet : IAsyncDisposable
{
    private static readonly string s_compose = Path.Combine(RepositoryPaths.Root, "deploy", "compose");

    private readonly string _directory = Directory.CreateTempSubdirectory("dojo-pci-fleet-").FullName;
    private readonly List<Process> _processes = [];
    private readonly List<PortalProcess> _nodes = [];
    private readonly List<TcpRelay> _networks = [];
    private readonly int _port = PortalProcess.FreePort();
    private readonly int _pool = PortalProcess.FreePort();

    private Fleet()
    {
        Database = new PostgresCluster();
        Client = new HttpClient(new SocketsHttpHandler
        {
            UseCookies = false, // no sticky session: an integration's requests go to all nodes
            PooledConnectionLifetime = TimeSpan.FromSeconds(1),
            SslOptions = { RemoteCertificateValidationCallback = IsOfTheTest },
        })
        {
            BaseAddress = new Uri(Address),
            Timeout = TimeSpan.FromSeconds(30),
        };
    }

    /// <summary>The address of the fleet, through HAProxy.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"https://localhost:{_port}");

    /// <summary>An integration's client.</summary>
    public HttpClient Client { get; }

    /// <summary>The PostgreSQL server.</summary>
    public PostgresCluster Database { get; }

    /// <summary>The nodes.</summary>
    public IReadOnlyList<PortalProcess> Nodes => _nodes;

    /// <summary>The network links from each node to the database.</summary>
    public IReadOnlyList<TcpRelay> Networks => _networks;

    private string Keys => Path.Combine(_directory, "keys");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Starts everything; the nodes start at the same time.</summary>
    /// <param name="variables">Settings of the nodes in addition to those in the compose file.</param>
    /// <param name="proxy"><c>haproxy</c> as in the compose file, or <c>nginx</c> as in <c>docs/scale.md</c>.</param>
    public static async Task<Fleet> StartAsync(IReadOnlyDictionary<string, string?>? variables = null, string proxy = "haproxy")
    {
        var fleet = new Fleet();
        try
        {
            fleet.Database.Run("postgres", "CREATE DATABASE portal ENCODING 'UTF8' TEMPLATE template0");
            File.SetUnixFileMode(fleet._directory, (UnixFileMode)0b111_101_101); // PgBouncer runs as another user
            RootKeyFile.Make(fleet.Keys);
            await fleet.MigrateAsync();
            await fleet.StartPoolAsync();
            var settings = await fleet.SettingsAsync(variables ?? new Dictionary<string, string?>(StringComparer.Ordinal));
            fleet._nodes.AddRange(await Task.WhenAll(settings.Select(each => PortalProcess.StartAsync(each, Ct))));
            await fleet.StartProxyAsync(proxy);
            return fleet;
        }
        catch
        {
            await fleet.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns the key in the first call that one of the nodes prints on an empty database.</summary>
    public async Task<string> FirstKeyAsync() => await Calls.FirstKeyAsync(await NodeThatPrintsAsync("curl "));

    /// <summary>Returns the node that prints a text; exactly one of them does.</summary>
    public async Task<PortalProcess> NodeThatPrintsAsync(string text)
    {
        for (var patience = 600; ; patience--)
        {
            if (_nodes.SingleOrDefault(node => node.Output.Any(line => line.Contains(text, StringComparison.Ordinal))) is { } found)
            {
                return found;
            }

            patience.ShouldBePositive($"no node printed {text}");
            await Task.Delay(50, Ct);
        }
    }

    /// <summary>Creates a client for one node that sends the headers of the proxy.</summary>
    public HttpClient ClientOf(PortalProcess node)
    {
        var client = new HttpClient { BaseAddress = node.BaseAddress };
        client.DefaultRequestHeaders.Host = new Uri(Address).Authority;
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "192.0.2.1");
        return client;
    }

    /// <summary>Waits until requests succeed.</summary>
    public async Task UntilItServesAsync()
    {
        while (true)
        {
            try
            {
                using var answer = await Client.GetAsync(new Uri("/openapi/v1.json", UriKind.Relative), Ct);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // not yet
            }

            await Task.Delay(50, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }

        foreach (var process in _processes)
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
                await process.WaitForExitAsync(CancellationToken.None);
            }

            process.Dispose();
        }

        foreach (var network in _networks)
        {
            await network.DisposeAsync();
        }

        Client.Dispose();
        Database.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    internal static bool IsOfTheTest(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.Subject == "CN=localhost";

    // The settings of a node are those of the compose file, with addresses of this machine.
    private async Task<IReadOnlyList<PortalSettings>> SettingsAsync(IReadOnlyDictionary<string, string?> more)
    {
        var root = await ComposeAsync();
        var environment = ((YamlMappingNode)root["x-node"]["environment"]).Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString(), StringComparer.Ordinal);
        return [.. new[] { "node1", "node2" }.Select(node =>
        {
            root["services"][node].ShouldNotBeNull();
            var network = new TcpRelay(_pool);
            _networks.Add(network);
            var variables = new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Portal__PublicAddress"] = Address,
                ["Portal__TrustedProxies"] = "127.0.0.1",
                ["Storage__Provider"] = environment["Storage__Provider"],
                ["Storage__ConnectionString"] = Here(
                    environment["Storage__ConnectionString"], ("172.31.253.4", "127.0.0.1"), ("6432", network.Port.ToString(CultureInfo.InvariantCulture)), ("Password=${DATABASE_PASSWORD:?the password of portal_app}", "")),
                ["Vault__KeyDirectory"] = Keys,
            };
            foreach (var (name, value) in more)
            {
                variables[name] = value;
            }

            return new PortalSettings { Variables = variables };
        })];
    }

    // Creates the nodes' user and its rights as the compose file does.
    private async Task MigrateAsync()
    {
        var users = new ProcessStartInfo("psql", ["--quiet", "--set", "ON_ERROR_STOP=1", "--host", Database.Host, "--username", "portal", "--dbname", "portal", "--file", Path.Combine(s_compose, "users.sql")])
        {
            Environment = { ["APP_PASSWORD"] = "of the test" },
        };
        using var process = Process.Start(users)!;
        await process.WaitForExitAsync(Ct);
        process.ExitCode.ShouldBe(0);

        var service = (await ComposeAsync())["services"]["migrate"];
        var migration = DotnetProgram.StartInfo(RepositoryPaths.PortalAssembly, ((YamlSequenceNode)service["command"]).Select(word => word.ToString()));
        migration.WorkingDirectory = _directory;
        migration.Environment["Storage__Provider"] = "Postgres";
        migration.Environment["Vault__KeyDirectory"] = Keys;
        migration.Environment["Storage__ConnectionString"] = Here(
            service["environment"]["Storage__ConnectionString"].ToString(), ("172.31.253.5", Database.Host), ("Password=${OWNER_PASSWORD:?the password of the role portal}", ""));
        var (exitCode, printed) = await DotnetProgram.RunAsync(migration, Ct);
        exitCode.ShouldBe(0, printed);
    }

    private static async Task<YamlNode> ComposeAsync()
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(await File.ReadAllTextAsync(Path.Combine(s_compose, "compose.yaml"), Ct)));
        return yaml.Documents.Single().RootNode;
    }

    private async Task StartPoolAsync()
    {
        var users = Path.Combine(_directory, "users");
        await File.WriteAllTextAsync(users, "\"portal_app\" \"\"\n", Ct);
        var settings = Path.Combine(_directory, "pgbouncer.ini");
        await File.WriteAllTextAsync(
            settings,
            Here(
                await File.ReadAllTextAsync(Path.Combine(s_compose, "pgbouncer.ini"), Ct),
                ("host=172.31.253.5 port=5432", $"host={Database.Host}"),
                ("listen_addr = *", "listen_addr = 127.0.0.1"),
                ("6432", _pool.ToString(CultureInfo.InvariantCulture)),
                ("scram-sha-256", "trust"),
                ("/run/secrets/pgbouncer_users", users)),
            Ct);
        string[] command = Environment.UserName == "root"
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "/usr/sbin/pgbouncer", settings]
            : ["/usr/sbin/pgbouncer", settings];
        Begin(command);
        await UntilItListensAsync(_pool);
    }

    private async Task StartProxyAsync(string kind)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var (pem, pemKey) = (certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(Path.Combine(_directory, "tls.pem"), $"{pem}\n{pemKey}\n", Ct);
        await File.WriteAllTextAsync(Path.Combine(_directory, "tls.key"), pemKey, Ct);
        var settings = Path.Combine(_directory, kind);
        await File.WriteAllTextAsync(settings, kind == "haproxy" ? await HaproxyAsync() : await NginxAsync(), Ct);
        Begin(kind == "haproxy" ? ["/usr/sbin/haproxy", "-db", "-f", settings] : ["/usr/sbin/nginx", "-p", _directory, "-c", settings, "-e", "stderr", "-g", "daemon off;"]);
        await UntilItListensAsync(_port);
        await UntilItServesAsync();
    }

    private async Task<string> HaproxyAsync() => Here(
        await File.ReadAllTextAsync(Path.Combine(s_compose, "haproxy.cfg"), Ct),
        ("bind :8443", $"bind 127.0.0.1:{_port}"),
        ("/run/secrets/tls.pem", Path.Combine(_directory, "tls.pem")),
        ("172.31.253.11:5080", _nodes[0].BaseAddress.Authority),
        ("172.31.253.12:5080", _nodes[1].BaseAddress.Authority));

    private async Task<string> NginxAsync()
    {
        var manual = await File.ReadAllTextAsync(Path.Combine(RepositoryPaths.Root, "docs", "scale.md"), Ct);
        return Here(
            manual.Split("```nginx\n")[1].Split("```")[0],
            ("listen 443 ssl", $"listen 127.0.0.1:{_port} ssl"),
            ("/etc/nginx/tls", Path.Combine(_directory, "tls")),
            ("/run/nginx.pid", Path.Combine(_directory, "pid")),
            ("http {", $"http {{ client_body_temp_path {_directory}; proxy_temp_path {_directory}; fastcgi_temp_path {_directory}; uwsgi_temp_path {_directory}; scgi_temp_path {_directory};"),
            ("pci.example.com", "localhost"),
            (@"~10\.0\.0\.11:5080", $"~{Regex.Escape(_nodes[0].BaseAddress.Authority)}"),
            (@"~10\.0\.0\.12:5080", $"~{Regex.Escape(_nodes[1].BaseAddress.Authority)}"),
            ("10.0.0.11:5080", _nodes[0].BaseAddress.Authority),
            ("10.0.0.12:5080", _nodes[1].BaseAddress.Authority));
    }

    private void Begin(params string[] command)
    {
        var process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _processes.Add(process);
    }

    private async Task UntilItListensAsync(int port)
    {
        for (var patience = 200; ; patience--)
        {
            _processes[^1].HasExited.ShouldBeFalse();
            patience.ShouldBePositive("it did not listen");
            try
            {
                using var client = new System.Net.Sockets.TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, Ct);
                return;
            }
            catch (System.Net.Sockets.SocketException)
            {
                await Task.Delay(50, Ct);
            }
        }
    }

    private static string Here(string text, params (string There, string Here)[] changes)
    {
        foreach (var (there, here) in changes)
        {
            text.ShouldContain(there);
            text = text.Replace(there, here, StringComparison.Ordinal);
        }

        return text;
    }
}

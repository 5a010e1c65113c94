namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>Production does not start with settings that put card data at risk, and reports all faults at once.</summary>
public sealed class ProductionStartTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly PortalProgram _portal = new();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task As_it_comes_it_lacks_a_key_a_way_to_TLS_and_an_address()
    {
        _portal.Environment["Portal__PublicAddress"] = "";

        var run = await _portal.RunAsync("Production");

        ShouldRefuse(run, "holds no root key", "http://localhost:5080 is plain HTTP", "Portal:PublicAddress is missing");
        File.Exists(_portal.RootKeyFile).ShouldBeFalse("only development makes a key by itself");
        Directory.Exists(_portal.DataDirectory).ShouldBeFalse("nothing is stored before everything is in order");
    }

    [Fact]
    public async Task All_faults_are_named_at_once()
    {
        _portal.Environment["Vault__KeyDirectory"] = Path.Combine(_portal.DataDirectory, "keys");
        _portal.MakeRootKey(Path.Combine(_portal.DataDirectory, "keys"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        PortalProgram.SetMode(_portal.DataDirectory, Owner | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);

        var run = await _portal.RunAsync(
            "Production", "--DetailedErrors=true", "--Portal:TrustedProxies:0=not-an-address", "--Api:RequestsPerSecondPerKey=0", "--Storage:Provider=Postgres");

        ShouldRefuse(
            run,
            "Api:RequestsPerSecondPerKey must be a number from 1",
            "Storage:ConnectionString must name a server and a database for Postgres",
            "Portal:TrustedProxies has 'not-an-address', which is neither an IP address nor a network",
            "accessible to users other than its owner",
            "is inside Portal:DataDirectory",
            "is accessible to every user of the machine",
            "DetailedErrors is on");
    }

    [Fact]
    public async Task Settings_that_make_no_sense_are_refused_all_at_once()
    {
        _portal.MakeRootKey();

        ShouldRefuse(
            await _portal.RunAsync(
                "Development",
                "--Api:RequestsPerSecondPerKey=0",
                "--Api:PublicRequestsPerSecondPerAddress=0",
                "--SetupIntents:DefaultLifetime=-1.00:00:00",
                "--Housekeeping:Interval=00:00:00"),
            "Api:PublicRequestsPerSecondPerAddress must be a number from 1 to 1000000",
            "Api:RequestsPerSecondPerKey must be a number from 1 to 1000000",
            "SetupIntents:DefaultLifetime must be a time from 00:01:00 to 3650.00:00:00",
            "Housekeeping:Interval must be a time from 00:00:01 to 1.00:00:00");
    }

    [Fact]
    public async Task Settings_that_cannot_be_read_are_refused_all_at_once()
    {
        _portal.MakeRootKey();

        ShouldRefuse(
            await _portal.RunAsync("Development", "--Storage:Provider=Paper", "--Api:RequestsPerSecondPerKey=many", "--Housekeeping:Interval=soon", "--Housekeeping:Intervall=00:01:00"),
            "Storage:Provider must be one of Sqlite, Postgres",
            "Api:RequestsPerSecondPerKey must be a number",
            "Housekeeping:Interval must be a time",
            "Housekeeping:Intervall is not a setting");
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite)]
    public async Task A_root_key_that_others_can_reach_is_refused_with_the_way_to_mend_it(UnixFileMode mode)
    {
        _portal.MakeRootKey(mode: mode);

        ShouldRefuse(await RunBehindProxyAsync(), $"chmod 0400 {_portal.RootKeyFile}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public async Task A_root_key_of_another_length_is_refused(int length)
    {
        Directory.CreateDirectory(_portal.KeyDirectory);
        await File.WriteAllBytesAsync(_portal.RootKeyFile, new byte[length], TestContext.Current.CancellationToken);
        PortalProgram.SetMode(_portal.RootKeyFile, UnixFileMode.UserRead);

        ShouldRefuse(await RunBehindProxyAsync(), $"is {length} bytes long; it must be 32");
    }

    [Theory]
    [InlineData("directly")]
    [InlineData("through a link")]
    [InlineData("through a link above it")]
    [InlineData("through a link to a link")]
    [InlineData("as the data directory itself")]
    public async Task A_key_inside_the_data_directory_is_refused_however_it_got_there(string way)
    {
        var inside = Path.Combine(_portal.DataDirectory, "keys");
        _portal.MakeRootKey(way == "as the data directory itself" ? _portal.DataDirectory : inside);
        PortalProgram.SetMode(_portal.DataDirectory, Owner);
        _portal.Environment["Vault__KeyDirectory"] = way switch
        {
            "directly" => inside,
            "through a link" => Link("link", inside),
            "through a link above it" => Path.Combine(Link("alias", _portal.DataDirectory), "keys"),
            "through a link to a link" => Link("outer", Path.Combine(Link("alias", _portal.DataDirectory), "keys")),
            _ => _portal.DataDirectory,
        };

        ShouldRefuse(await RunBehindProxyAsync(), "is inside Portal:DataDirectory");
    }

    [Theory]
    [InlineData("--urls=http://0.0.0.0:5080", "http://0.0.0.0:5080 is plain HTTP")]
    [InlineData("--urls=https://localhost:1;http://localhost:2", "http://localhost:2 is plain HTTP")]
    [InlineData("--Kestrel:Endpoints:Web:Url=http://localhost:3", "http://localhost:3 is plain HTTP")]
    public async Task Plain_HTTP_without_a_trusted_proxy_is_refused(string argument, string fault)
    {
        _portal.MakeRootKey();

        ShouldRefuse(await _portal.RunAsync("Production", argument), fault);
    }

    [Theory]
    [InlineData("Staging")]
    [InlineData("development ")]
    [InlineData("Prod")]
    public async Task Every_environment_but_development_is_held_to_the_rules_of_production(string environment) =>
        ShouldRefuse(await _portal.RunAsync(environment), "holds no root key", "is plain HTTP");

    [Fact]
    public async Task Bad_proxies_are_refused_in_development_too() =>
        ShouldRefuse(await _portal.RunAsync("Development", "--Portal:TrustedProxies:0=10.0.0.0/33"), "Portal:TrustedProxies has '10.0.0.0/33', which is neither");

    [Fact]
    public async Task A_database_that_belongs_to_another_root_key_is_refused()
    {
        _portal.MakeRootKey();
        (await _portal.RunAsync("Production", "migrate")).ExitCode.ShouldBe(0);
        File.Delete(_portal.RootKeyFile);
        _portal.MakeRootKey();

        (await RunBehindProxyAsync()).ShouldSatisfyAllConditions(
            run => run.ExitCode.ShouldBe(1),
            run => run.Faults.ShouldHaveSingleItem().ShouldContain("was wrapped by root key"));
    }

    private static void ShouldRefuse(ProgramRun run, params string[] faults)
    {
        run.ExitCode.ShouldBe(1, run.Errors);
        run.Faults.Count.ShouldBe(faults.Length, run.Errors);
        foreach (var (named, fault) in run.Faults.Zip(faults))
        {
            named.ShouldContain(fault, Case.Sensitive);
        }

        run.Errors.ShouldNotContain("   at ");
    }

    private Task<ProgramRun> RunBehindProxyAsync() => _portal.RunAsync("Production", "--Portal:TrustedProxies:0=10.0.0.0/8");

    private string Link(string name, string target) => Directory.CreateSymbolicLink(Path.Combine(_portal.Root, name), target).FullName;
}

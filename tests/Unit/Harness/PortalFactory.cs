using System.Net;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.OpenApi;
using Dojo.Pci.Tests.Unit.SetupIntents;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>An API key created for a test, with the secret that its owner was shown.</summary>
public sealed record TestKey(ApiKey Key, string Secret);

/// <summary>
/// A test's own portal: the whole host on a real port, with data and keys in a fresh directory. <see cref="InitializeAsync"/> starts it, as
/// production by default, and it provides what tests need of a portal.
/// </summary>
public sealed class PortalFactory : WebApplicationFactory<Program>, IAsyncLifetime
{
    private bool _keepsRoot;
    private Location _location = null!;

    public PortalFactory()
        : this(Directory.CreateTempSubdirectory("dojo-pci-portal-tests-").FullName)
    {
    }

    private PortalFactory(string root, TestDatabase? database = null)
    {
        Root = root;
        Database = database ?? new TestDatabase(DataDirectory);
        UseKestrel(0);
    }

    /// <summary>The stored data, accessed without the portal.</summary>
    internal TestDatabase Database { get; }

    /// <summary>The value of ASPNETCORE_ENVIRONMENT.</summary>
    public string EnvironmentName { get; init; } = "Production";

    /// <summary>Settings that override those of appsettings.json.</summary>
    public IReadOnlyDictionary<string, string?> Settings { get; init; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>Whether a root key exists before the first start, as production requires.</summary>
    public bool MakesRootKey { get; init; } = true;

    /// <summary>Replaces the issuer; null for the portal's own.</summary>
    public ICardAuthorizer? Authorizer { get; init; }

    /// <summary>Replaces services; null for the portal's own.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    public PortalClock Clock { get; init; } = new();

    public LogCapture Log { get; } = new();

    /// <summary>The directory that contains data and keys.</summary>
    public string Root { get; }

    public string DataDirectory => Path.Combine(Root, "data");

    public string KeyDirectory => Path.Combine(Root, "keys");

    /// <summary>Where the portal listens without TLS: tests play the proxy that terminates TLS in front of it.</summary>
    public Uri BaseAddress => ClientOptions.BaseAddress;

    /// <summary>The public address of the portal.</summary>
    public string PublicAddress { get; init; } = "https://localhost";

    /// <summary>A key of the first location, with every scope.</summary>
    public TestKey SandboxKey { get; private set; } = null!;

    /// <summary>A key of the first location, with every scope.</summary>
    public TestKey ProductionKey { get; private set; } = null!;

    /// <summary>Starts a portal that only one test uses.</summary>
    public static async Task<PortalFactory> StartAsync(PortalFactory? portal = null)
    {
        portal ??= new PortalFactory();
        await portal.InitializeAsync();
        return portal;
    }

    public async ValueTask InitializeAsync()
    {
        MakeRootKey();
        StartServer();
        await UntilFirstRunHasEndedAsync();
        var accounts = Services.GetRequiredService<IAccountStore>();
        var locations = await accounts.ListLocationsAsync(Ct);
        _location = locations.Count > 0 ? locations[0] : await accounts.CreateAsync("Account", "Location", Ct);
        SandboxKey = await CreateKeyAsync();
        ProductionKey = await CreateKeyAsync(TenantEnvironment.Production);
    }

    // The first run prints an owner's link after the start, and each link invalidates the one before, such as a test's own.
    private async Task UntilFirstRunHasEndedAsync()
    {
        foreach (var first in Services.GetServices<IHostedService>().OfType<FirstRun>())
        {
            await (first.ExecuteTask ?? Task.CompletedTask);
        }
    }

    /// <summary>A client that adds no headers.</summary>
    public HttpClient AnonymousClient()
    {
        // Every answer that a test gets is validated against the OpenAPI description.
        return new HttpClient(new OpenApiCheckingHandler { InnerHandler = new TlsProxyHandler(this) }) { BaseAddress = BaseAddress };
    }

    public HttpClient SandboxClient() => ClientOf(SandboxKey.Secret);

    public HttpClient ProductionClient() => ClientOf(ProductionKey.Secret);

    /// <summary>A client that sends a key and the current version.</summary>
    public HttpClient ClientOf(string key)
    {
        var client = AnonymousClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"Basic {key}");
        client.DefaultRequestHeaders.Add("version", "2025-09-10");
        return client;
    }

    public async Task<TestKey> CreateKeyAsync(
        TenantEnvironment environment = TenantEnvironment.Sandbox,
        ApiKeyScopes scopes = ApiKeyScopes.All,
        DateTimeOffset? expiresAt = null,
        IReadOnlyList<IPNetwork>? networks = null,
        Location? location = null)
    {
        var owner = location ?? _location;
        var tenant = new Tenant(owner.Account, owner.Id, environment);
        var (key, secret) = await Services.GetRequiredService<IApiKeyService>().CreateAsync(new NewApiKey(tenant, "Test", scopes, expiresAt, networks), Ct);
        return new TestKey(key, secret.Reveal());
    }

    public Task<bool> RevokeAsync(TestKey key) => Services.GetRequiredService<IApiKeyService>().RevokeAsync(key.Key.Tenant, key.Key.Id, Ct);

    /// <summary>Creates another company with its own location.</summary>
    public Task<Location> CreateLocationAsync() => Services.GetRequiredService<IAccountStore>().CreateAsync("Other account", "Other location", Ct);

    public Task WantUniqueReferencesAsync(bool unique) => Services.GetRequiredService<IAccountStore>().SetUniqueReferencesAsync(_location.Id, unique, Ct);

    /// <summary>Sends a body to <c>POST /setup-intents</c> with the sandbox key.</summary>
    public async Task<ApiAnswer> TokenizeAsync(string json, params (string Name, string Value)[] headers)
    {
        using var client = SandboxClient();
        return await client.TokenizeAsync(json, headers);
    }

    public Task<ApiAnswer> TokenizeAsync(ACard card, params (string Name, string Value)[] headers) => TokenizeAsync(card.ToJson(), headers);

    /// <summary>Changes the database without the program, as somebody with access to it may.</summary>
    public Task ExecuteAsync(string sql)
    {
        Database.Execute(sql);
        return Task.CompletedTask;
    }

    /// <summary>Queries the database directly and returns the first column as text.</summary>
    public Task<IReadOnlyList<string>> QueryAsync(string sql) => Task.FromResult(Database.Query<string>(sql));

    /// <summary>Counts the stored setup intents, directly in the database.</summary>
    public Task<long> CountSetupIntentsAsync() => Task.FromResult(Database.Single<long>("SELECT COUNT(*) FROM setup_intents"));

    /// <summary>Runs a round of housekeeping, in addition to the portal's own.</summary>
    public async Task KeepHouseAsync()
    {
        await Services.GetRequiredService<ReconciliationJob>().RunOnceAsync(Ct);
        await Services.GetRequiredService<RetentionJob>().RunOnceAsync(Ct);
    }

    /// <summary>The parts of a card in the row of a token.</summary>
    internal Task<KeptCard> CardOfAsync(string token)
    {
        var (record, fingerprint) = Database.Query<(byte[]? Record, byte[]? Fingerprint)>("SELECT card_record, card_fingerprint FROM setup_intents WHERE id = @id", new { id = RecordIdOf(token) }).ShouldHaveSingleItem();
        return Task.FromResult(new KeptCard(record is null ? null : Convert.ToHexString(record), fingerprint is null ? null : Convert.ToHexString(fingerprint)));
    }

    /// <summary>Flips one bit of a token's sealed card in the database, as a failing disk or somebody with database access may.</summary>
    public async Task DamageCardAsync(string token)
    {
        var record = Convert.FromHexString((await CardOfAsync(token)).Record.ShouldNotBeNull());
        record[^1] ^= 1;
        Database.Execute("UPDATE setup_intents SET card_record = @record WHERE id = @id AND card_record IS NOT NULL", new { record, id = RecordIdOf(token) }).ShouldBe(1);
    }

    /// <summary>Executes SQL without the portal, as only somebody with database access can.</summary>
    public Task TamperAsync(string sql) => ExecuteAsync(sql);

    /// <summary>The status in the row of a token, even if it is out of date.</summary>
    public Task<string> StoredStatusAsync(string token) =>
        Task.FromResult(Database.Single<string>("SELECT status FROM setup_intents WHERE id = @id", new { id = RecordIdOf(token) }).ShouldNotBeNull());

    /// <summary>Whether the stored data contains these bytes.</summary>
    public bool FilesContain(ReadOnlySpan<byte> bytes) => Database.ReadAll().AsSpan().IndexOf(bytes) >= 0;

    /// <summary>The data keys as they are in memory, which must never be on disk.</summary>
    internal async Task<IReadOnlyList<(int Id, byte[] Key)>> UnwrapDataKeysAsync()
    {
        using var root = Services.GetRequiredService<IRootKeyProvider>().Load();
        var stored = await Services.GetRequiredService<IDataKeyStore>().ReadAsync(Ct);
        return [.. stored.Keys.Select(wrapped => (wrapped.Description.Id, KeyWrapping.Unwrap(root, wrapped).Material.ToArray()))];
    }

    /// <summary>Blocks every other writer of the database until disposed, as a backup tool or a stray shell might.</summary>
    public async Task<IAsyncDisposable> LockDatabaseAsync()
    {
        var connection = Database.Connect();
        await using var command = connection.CreateCommand();
        command.CommandText = Database.Settings.Provider == StorageProvider.Sqlite ? "BEGIN IMMEDIATE" : $"BEGIN; SELECT pg_advisory_xact_lock({PostgresDatabase.LockOfWriters})";
        await command.ExecuteNonQueryAsync(Ct);
        return connection;
    }

    /// <summary>Stops this portal and starts another on the same data and keys.</summary>
    public async Task<PortalFactory> RestartAsync()
    {
        _keepsRoot = true;
        await DisposeAsync();
        return await StartAsync(new PortalFactory(Root, Database) { EnvironmentName = EnvironmentName, Settings = Settings, Authorizer = Authorizer, Clock = Clock, PublicAddress = PublicAddress, Replace = Replace });
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (SandboxKey is not null)
        {
            // The program releases its database on a thread of its own.
            await Log.Closed;
        }

        if (!_keepsRoot && Directory.Exists(Root))
        {
            Database.Dispose();
            Directory.Delete(Root, recursive: true);
        }
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(EnvironmentName);
        builder.UseSetting("Portal:DataDirectory", DataDirectory);
        builder.UseSetting("Storage:Provider", Database.Settings.Provider.ToString());
        builder.UseSetting("Storage:ConnectionString", Database.Settings.ConnectionString);
        builder.UseSetting("Portal:TrustedProxies:0", "127.0.0.1"); // otherwise production refuses plain HTTP
        builder.UseSetting("Portal:PublicAddress", PublicAddress);
        builder.UseSetting("Vault:KeyDirectory", KeyDirectory);
        builder.UseSetting("Members:TriesPerMinutePerAddress", "10000"); // all tests come from one address
        builder.UseSetting("Api:UnknownKeysPerAddress", "1000");
        builder.UseSetting("Logging:LogLevel:Default", "Trace");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Trace");
        foreach (var (name, value) in Settings)
        {
            builder.UseSetting(name, value);
        }

        builder.ConfigureLogging(logging => logging.ClearProviders().Services.AddSingleton<ILoggerProvider>(_ => Log));
        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<TimeProvider>(Clock);
            if (Authorizer is not null)
            {
                services.AddSingleton(Authorizer);
            }

            Replace?.Invoke(services);
        });
    }

    private static TenantEnvironment EnvironmentOf(string token) =>
        token.StartsWith("si_prod_", StringComparison.Ordinal) ? TenantEnvironment.Production : TenantEnvironment.Sandbox;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private long RecordIdOf(string token) => Services.GetRequiredService<SetupIntentIds>().RecordIdOf(EnvironmentOf(token), token);

    private void MakeRootKey()
    {
        var path = Path.Combine(KeyDirectory, "root.key");
        if (MakesRootKey && !File.Exists(path))
        {
            Directory.CreateDirectory(KeyDirectory);
            File.WriteAllBytes(path, System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead);
            }
        }
    }
}

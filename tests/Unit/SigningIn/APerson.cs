using Dojo.Pci.Portal.Authentication.SigningIn;
using Dojo.Pci.Portal.Startup;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.SigningIn;

/// <summary>A person with a password, an authenticator app and a browser.</summary>
internal sealed class APerson : IDisposable
{
    public const string SessionCookie = "__Host-portal-session";
    public const string GoodPassword = "correct horse battery 9";

    private static int s_last;
    private readonly PortalFactory _portal;

    public APerson(PortalFactory portal)
    {
        _portal = portal;
        Browser = new Browser(portal);
        Email = $"person{Interlocked.Increment(ref s_last)}@example.com";
    }

    public Browser Browser { get; }

    public string Email { get; init; }

    public string Name { get; init; } = "Grace Hopper";

    public string Password { get; set; } = GoodPassword;

    public byte[] Seed { get; set; } = [];

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    /// <summary>The member that this person has become; null before that.</summary>
    public Task<Member?> FindMemberAsync() => EmailAddress.TryParse(Email, out var address)
        ? _portal.Services.GetRequiredService<IMemberStore>().FindByEmailAsync(address, TestContext.Current.CancellationToken)
        : Task.FromResult<Member?>(null);

    public bool IsSignedIn => Browser.Cookies.ContainsKey(SessionCookie);

    /// <summary>Creates an owner who has just completed the set-up.</summary>
    public static async Task<APerson> OwnerAsync(PortalFactory portal, AccountId? account = null)
    {
        var person = new APerson(portal);
        await person.SetUpAsync(await LinkAsync(portal, account));
        return person;
    }

    /// <summary>Creates a link like the one that the first start prints.</summary>
    public static async Task<string> LinkAsync(PortalFactory portal, AccountId? account = null)
    {
        var at = portal.Clock.GetUtcNow();
        var entry = AuditActor.Operator(account ?? portal.SandboxKey.Key.Tenant.Account).Entry(at, AuditAction.OwnerLinkMade, "account");
        var secret = await portal.Services.GetRequiredService<IMemberLinkStore>().CreateOwnerLinkAsync(entry.Account, at.AddHours(24), entry);
        return $"/setup#{secret.Reveal()}";
    }

    /// <summary>The code that the app shows now, or a number of steps from now.</summary>
    public string Code(int steps = 0) => Totp.CodeOf(Seed, (_portal.Clock.GetUtcNow().ToUnixTimeSeconds() / 30) + steps);

    /// <summary>Submits the first page of a set-up.</summary>
    public async Task<Page> BeginSetUpAsync(string link) => await Browser.SubmitAsync(
        await Browser.OpenAsync(link), "set-up", ("Input.Name", Name), ("Input.Email", Email), ("Input.Password", Password));

    public async Task<Page> SetUpAsync(string link)
    {
        var factor = await BeginSetUpAsync(link);
        factor.Path.ShouldBe("/setup/factor", string.Join(" ", factor.Faults));
        ReadSeed(factor);
        var codes = await Browser.SubmitAsync(factor, "code", ("Input.Code", Code()));
        RecoveryCodes = [.. codes.Document.QuerySelectorAll("[data-testid=recovery-codes] code").Select(code => code.TextContent)];
        NextStep();
        return codes;
    }

    public void ReadSeed(Page factor) => Seed = Unspell(factor.Document.QuerySelector("[data-testid=totp-key]")!.TextContent.Replace(" ", "", StringComparison.Ordinal));

    /// <summary>Advances the time until the app shows a code that was never used.</summary>
    public void NextStep() => _portal.Clock.Advance(TimeSpan.FromSeconds(30));

    public async Task<Page> SendPasswordAsync(string? email = null, string? password = null, string address = "/sign-in") => await Browser.SubmitAsync(
        await Browser.OpenAsync(address), "sign-in", ("Input.Email", email ?? Email), ("Input.Password", password ?? Password));

    public async Task<Page> SignInAsync(string address = "/sign-in")
    {
        var second = await SendPasswordAsync(address: address);
        second.Path.ShouldBe("/sign-in/factor", second.Error);
        var done = await Browser.SendFormAsync(second, "code", ("Input.Code", Code()));
        NextStep();
        return done;
    }

    public async Task SignOutAsync()
    {
        var page = await Browser.OpenAsync("/account");
        var token = page.Document.QuerySelector("form[action='/sign-out'] input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        await Browser.PostAsync("/sign-out", ("__RequestVerificationToken", token));
        IsSignedIn.ShouldBeFalse();
    }

    public void Dispose() => Browser.Dispose();

    private static byte[] Unspell(string key)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var bits = string.Concat(key.Trim().Select(character => Convert.ToString(Alphabet.IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}

using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Dojo.Pci.Tests.E2E.Pages;
using static Microsoft.Playwright.Assertions;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>A person at a browser, with a password and an authenticator app.</summary>
public sealed partial class Someone(string name, string email)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private string _key = "";

    /// <summary>The person's name.</summary>
    public string Name { get; } = name;

    /// <summary>The email address.</summary>
    public string Email { get; } = email;

    /// <summary>The password.</summary>
    public string Password { get; } = "correct horse battery 9";

    /// <summary>The recovery codes from the set-up. They let the person in without waiting for the app's next code.</summary>
    public Queue<string> RecoveryCodes { get; } = [];

    /// <summary>Returns the link that a portal has printed last.</summary>
    public static async Task<string> PrintedLinkAsync(PortalProcess portal)
    {
        // The portal listens a moment before it has printed everything.
        for (var patience = 200; ; patience--)
        {
            if (portal.Output.Select(line => SetUpLink().Match(line)).LastOrDefault(match => match.Success) is { } found)
            {
                return found.Value;
            }

            patience.ShouldBePositive("the portal printed no set-up link");
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Completes the set-up behind a link: an authenticator app is set up, and the portal is open.</summary>
    public async Task SetUpAsync(Visit visit, string link)
    {
        await BeginSetUpAsync(visit, link);
        await UseAppAsync(visit);
        await FinishSetUpAsync(visit);
    }

    /// <summary>The second step: the app gets the key and shows its first code.</summary>
    public async Task UseAppAsync(Visit visit)
    {
        var page = new SetUpPages(visit.Page);
        _key = (await page.Key.InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.Code.FillAsync(Code());
        await page.UseApp.ClickAsync();
        await Expect(page.RecoveryCodes).ToHaveCountAsync(10);
    }

    /// <summary>The first step of a set-up.</summary>
    public async Task BeginSetUpAsync(Visit visit, string link)
    {
        var page = new SetUpPages(visit.Page);
        await visit.Page.GotoAsync($"{new Uri(link).PathAndQuery}{new Uri(link).Fragment}");
        await page.Name.FillAsync(Name);
        visit.Page.Url.ShouldEndWith("/setup", customMessage: "the secret has left the address");
        if (await page.Email.IsEditableAsync())
        {
            await page.Email.FillAsync(Email);
        }

        await page.Password.FillAsync(Password);
        await page.Continue.ClickAsync();
    }

    /// <summary>Keeps the recovery codes and enters the portal.</summary>
    public async Task FinishSetUpAsync(Visit visit)
    {
        var page = new SetUpPages(visit.Page);
        await Expect(page.RecoveryCodes).ToHaveCountAsync(10);
        foreach (var code in await page.RecoveryCodes.AllInnerTextsAsync())
        {
            RecoveryCodes.Enqueue(code);
        }

        await page.Enter.ClickAsync();
        await visit.UntilInteractiveAsync();
    }

    /// <summary>Signs in, or confirms, from the page that asks for the password.</summary>
    public async Task SignInAsync(Visit visit)
    {
        var page = new SignInPages(visit.Page);
        if (await page.Email.IsEditableAsync())
        {
            await page.Email.FillAsync(Email);
        }

        await page.Password.FillAsync(Password);
        await page.Continue.ClickAsync();
        await page.OtherWays.ClickAsync();
        await page.RecoveryCode.FillAsync(RecoveryCodes.Dequeue());
        await page.UseRecoveryCode.ClickAsync();
    }

    /// <summary>The code that the app shows now (RFC 6238).</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6238, which every authenticator app speaks")]
    public string Code()
    {
        var bits = string.Concat(_key.Select(character => Convert.ToString(Alphabet.IndexOf(character, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var seed = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var counter = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30);
        var hash = HMACSHA1.HashData(seed, counter);
        return ((BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue) % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"http\S+/setup#\S+", RegexOptions.None, 1000)]
    private static partial Regex SetUpLink();
}

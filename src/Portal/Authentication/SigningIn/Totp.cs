using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits, which is what every app knows). Stricter than the
/// framework's: six digits, with nothing but separators among them, of this step or the one before, and each step once (PCI DSS 8.5.1).
/// </summary>
internal sealed class Totp(IMemberStore members, IPortalSecrets secrets, TimeProvider clock)
{
    private const int SeedBytes = 20;
    private const int Digits = 6;
    private const int StepSeconds = 30;

    // Two hours: a clock that was set by hand is minutes off, or the hour of a summer time.
    private const int StepsToExplain = 240;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <summary>The seed in base 32 (RFC 4648), as people type it into an app.</summary>
    public static string Spell(ReadOnlySpan<byte> seed)
    {
        var text = new char[seed.Length * 8 / 5];
        for (var i = 0; i < text.Length; i++)
        {
            var bit = i * 5;
            var window = (seed[bit / 8] << 8) | (bit / 8 + 1 < seed.Length ? seed[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
        }

        return new string(text);
    }

    /// <summary>What the QR code says (Key Uri Format).</summary>
    public static string UriOf(ReadOnlySpan<byte> seed, string email) =>
        $"otpauth://totp/Dojo%20PCI%20Portal:{Uri.EscapeDataString(email)}?secret={Spell(seed)}&issuer=Dojo%20PCI%20Portal&digits={Digits}&period={StepSeconds}";

    /// <summary>The code of a time step.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "RFC 6238; as an HMAC of a counter SHA-1 is not weak")]
    public static string CodeOf(ReadOnlySpan<byte> seed, long step)
    {
        Span<byte> counter = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(seed, counter, hash);
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash[(hash[^1] & 15)..]) & int.MaxValue;
        return (number % 1_000_000).ToString("D6");
    }

    /// <summary>The step whose code this is: the present one or the one before; null for none.</summary>
    public long? StepOf(ReadOnlySpan<byte> seed, string? typed)
    {
        var now = Now;
        return TypedCode.DigitsOf(typed, Digits) is not { } code ? null : Matches(seed, now, code) ? now : Matches(seed, now - 1, code) ? now - 1 : null;
    }

    /// <summary>
    /// Whose clock is off, and how far, when a code that <see cref="StepOf"/> does not take is that of another step; null when it is no
    /// code of the last or next two hours. For an explanation alone, and only for who has shown the password.
    /// </summary>
    public ClockError? ClockErrorOf(ReadOnlySpan<byte> seed, string? typed) =>
        StepOf(seed, typed) is null && FarStepOf(seed, typed) is { } step ? ErrorOf(step) : null;

    /// <summary>Checks a member's code and uses it up. It is right when its step is, and was not used before.</summary>
    public async Task<(bool IsRight, ClockError? ClockError)> TryUseAsync(Member member, string? code)
    {
        if (member.TotpSeed is not { } sealedSeed)
        {
            return (false, null);
        }

        var seed = secrets.Open(PurposeOf(member.Handle), sealedSeed);
        var step = StepOf(seed, code);
        var far = step is null ? FarStepOf(seed, code) : null;
        CryptographicOperations.ZeroMemory(seed);
        if (far > Now)
        {
            // The explanation says that this code will be right. So that nobody finds one by guessing, it never will be.
            await members.SpendTotpStepAsync(member.Id, far.Value, Now);
        }

        return (step is { } taken && await members.TryAcceptTotpStepAsync(member.Id, taken), far is { } other ? ErrorOf(other) : null);
    }

    /// <summary>Seals a seed for the member whom passkeys know by a handle.</summary>
    public byte[] Seal(string handle, ReadOnlySpan<byte> seed) => secrets.Seal(PurposeOf(handle), seed);

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    private ClockError ErrorOf(long step) => new(TimeSpan.FromSeconds((step - Now) * StepSeconds), clock.GetUtcNow());

    // The nearest first: a code may be that of two steps.
    private long? FarStepOf(ReadOnlySpan<byte> seed, string? typed)
    {
        if (TypedCode.DigitsOf(typed, Digits) is not { } code)
        {
            return null;
        }

        var now = Now;
        for (var distance = 1; distance <= StepsToExplain; distance++)
        {
            if (Matches(seed, now + distance, code))
            {
                return now + distance;
            }

            if (Matches(seed, now - 1 - distance, code))
            {
                return now - 1 - distance;
            }
        }

        return null;
    }

    private static string PurposeOf(string handle) => $"totp seed {handle}";

    private static bool Matches(ReadOnlySpan<byte> seed, long step, string code) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(seed, step)), System.Text.Encoding.ASCII.GetBytes(code));
}

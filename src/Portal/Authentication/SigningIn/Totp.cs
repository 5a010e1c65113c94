using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Checks codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits, which every app supports). It is stricter than the framework:
/// a code has six digits and otherwise only separators, belongs to this step or the one before, and works once (PCI DSS 8.5.1).
/// </summary>
internal sealed class Totp(IMemberStore members, IPortalSecrets secrets, TimeProvider clock)
{
    private const int SeedBytes = 20;
    private const int Digits = 6;
    private const int StepSeconds = 30;

    // Two hours: a clock that was set by hand may be minutes off, or an hour because of summer time.
    private const int StepsToExplain = 240;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    public static byte[] NewSeed() => RandomNumberGenerator.GetBytes(SeedBytes);

    /// <summary>Returns the seed in base 32 (RFC 4648), as people type it into an app.</summary>
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

    /// <summary>Returns the content of the QR code (Key Uri Format).</summary>
    public static string UriOf(ReadOnlySpan<byte> seed, string email) =>
        $"otpauth://totp/Dojo%20PCI%20Portal:{Uri.EscapeDataString(email)}?secret={Spell(seed)}&issuer=Dojo%20PCI%20Portal&digits={Digits}&period={StepSeconds}";

    /// <summary>Returns the code of a time step.</summary>
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

    /// <summary>Returns the step to which a code belongs: the current one or the one before; null if it is neither.</summary>
    public long? StepOf(ReadOnlySpan<byte> seed, string? typed)
    {
        var now = Now;
        return TypedCode.DigitsOf(typed, Digits) is not { } code ? null : Matches(seed, now, code) ? now : Matches(seed, now - 1, code) ? now - 1 : null;
    }

    /// <summary>
    /// Returns how far the clock is off if a code that <see cref="StepOf"/> refuses belongs to another step; null if it is no code of the
    /// last or next two hours. Use it only for an explanation, and only for members who have entered the password.
    /// </summary>
    public ClockError? ClockErrorOf(ReadOnlySpan<byte> seed, string? typed) =>
        StepOf(seed, typed) is null && FarStepOf(seed, typed) is { } step ? ErrorOf(step) : null;

    /// <summary>Checks a member's code and uses it up. The code is right if its step is valid and was not used before.</summary>
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
            // The explanation reveals that this code will be valid later. Its step is used up now, so that guessing finds no future code.
            await members.SpendTotpStepAsync(member.Id, far.Value, Now);
        }

        return (step is { } taken && await members.TryAcceptTotpStepAsync(member.Id, taken), far is { } other ? ErrorOf(other) : null);
    }

    /// <summary>Seals a seed for the member with a handle.</summary>
    public byte[] Seal(string handle, ReadOnlySpan<byte> seed) => secrets.Seal(PurposeOf(handle), seed);

    private long Now => clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;

    private ClockError ErrorOf(long step) => new(TimeSpan.FromSeconds((step - Now) * StepSeconds), clock.GetUtcNow());

    // Tries the nearest steps first: the same code may belong to two steps.
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

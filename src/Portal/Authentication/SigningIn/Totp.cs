using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Portal.Authentication.SigningIn;

/// <summary>
/// Codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, 6 digits, which is what every app knows). Stricter than the
/// framework's: six digits and nothing around them, this step or the one before, and each step once (PCI DSS 8.5.1).
/// </summary>
internal sealed class Totp(IMemberStore members, IPortalSecrets secrets, TimeProvider clock)
{
    private const int SeedBytes = 20;
    private const int Digits = 6;
    private const int StepSeconds = 30;
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
    public long? StepOf(ReadOnlySpan<byte> seed, string? code)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds() / StepSeconds;
        return code is { Length: Digits } && code.All(char.IsAsciiDigit)
            ? Matches(seed, now, code) ? now : Matches(seed, now - 1, code) ? now - 1 : null
            : null;
    }

    /// <summary>Whether a member's code is right and its step was not used before. Uses it up.</summary>
    public async Task<bool> TryUseAsync(Member member, string? code)
    {
        if (member.TotpSeed is not { } sealedSeed)
        {
            return false;
        }

        var seed = secrets.Open(PurposeOf(member.Handle), sealedSeed);
        var step = StepOf(seed, code);
        CryptographicOperations.ZeroMemory(seed);
        return step is { } taken && await members.TryAcceptTotpStepAsync(member.Id, taken);
    }

    /// <summary>Seals a seed for the member whom passkeys know by a handle.</summary>
    public byte[] Seal(string handle, ReadOnlySpan<byte> seed) => secrets.Seal(PurposeOf(handle), seed);

    private static string PurposeOf(string handle) => $"totp seed {handle}";

    private static bool Matches(ReadOnlySpan<byte> seed, long step, string code) =>
        CryptographicOperations.FixedTimeEquals(System.Text.Encoding.ASCII.GetBytes(CodeOf(seed, step)), System.Text.Encoding.ASCII.GetBytes(code));
}

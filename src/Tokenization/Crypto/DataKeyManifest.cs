using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>A stored manifest: its content as text, and an HMAC-SHA-256 of version and content under a key derived from the root key.</summary>
internal sealed record StoredManifest(long Version, string Content, byte[] Mac);

/// <summary>
/// The list of all data keys (docs/adr/0017-authenticated-state.md). Each key's row authenticates itself, but only the manifest reveals that a row is
/// missing, was added, or comes from an older copy. It changes in the same transaction as the keys.
/// </summary>
/// <param name="Version">Starts at 1 and increases with each change.</param>
/// <param name="TokensAreSealed">
/// False while the tokens of a database older than the manifest are being sealed. Once true, a token without a seal is damaged.
/// </param>
/// <param name="Keys">All data keys, in the order of their ids.</param>
internal sealed record DataKeyManifest(long Version, bool TokensAreSealed, IReadOnlyList<DataKeyDescription> Keys)
{
    private const string Sealed = "tokens sealed";
    private const string Unsealed = "tokens unsealed";

    /// <summary>Returns the next version, with one key retired and a successor added.</summary>
    public DataKeyManifest WithSuccessor(DataKeyDescription retired, DataKeyDescription successor) => this with
    {
        Version = Version + 1,
        Keys = [.. Keys.Select(key => key.Id == retired.Id ? retired : key), successor],
    };

    /// <summary>Returns the next version, in which every token has a seal.</summary>
    public DataKeyManifest WithTokensSealed() => this with { Version = Version + 1, TokensAreSealed = true };

    /// <summary>Returns the form that is stored.</summary>
    public StoredManifest Authenticate(RootKey root)
    {
        var content = new StringBuilder(TokensAreSealed ? Sealed : Unsealed);
        foreach (var key in Keys)
        {
            content.Append(CultureInfo.InvariantCulture, $"\n{key.Id} {key.Purpose} {(int)key.Environment} {key.State} {key.CreatedAt.ToUnixTimeMilliseconds()}");
        }

        var text = content.ToString();
        return new StoredManifest(Version, text, MacOf(root, Version, text));
    }

    /// <summary>Reads a stored manifest.</summary>
    /// <exception cref="StartRefusedException">The manifest does not authenticate under this root key.</exception>
    public static DataKeyManifest Read(RootKey root, StoredManifest stored)
    {
        if (!CryptographicOperations.FixedTimeEquals(stored.Mac, MacOf(root, stored.Version, stored.Content)))
        {
            throw new StartRefusedException("The manifest of the data keys does not authenticate: its row in the database was changed.");
        }

        var lines = stored.Content.Split('\n');
        return new DataKeyManifest(stored.Version, lines[0] == Sealed, [.. lines.Skip(1).Select(ReadKey)]);
    }

    /// <summary>Returns how the keys of a database differ from this manifest, one sentence for each difference; empty if they do not.</summary>
    public IReadOnlyList<string> FindFaults(IReadOnlyCollection<DataKeyDescription> stored)
    {
        var rows = stored.ToDictionary(key => key.Id);
        var listed = Keys.Select(key => key.Id).ToHashSet();
        return
        [
            .. Keys.Where(key => !rows.ContainsKey(key.Id)).Select(key => $"Data key {key.Id} ({NameOf(key)}) is missing: its row in the database was deleted."),
            .. Keys.Where(key => rows.TryGetValue(key.Id, out var row) && row != key).Select(key =>
                $"Data key {key.Id} is {NameOf(rows[key.Id])} in the database, but {NameOf(key)} in the manifest: its row was changed, or put back from an older copy."),
            .. stored.Where(row => !listed.Contains(row.Id)).Select(row =>
                $"Data key {row.Id} ({NameOf(row)}) is not in the manifest: its row was added to the database, or the manifest was put back from an older copy."),
        ];
    }

    private static string NameOf(DataKeyDescription key) => $"{key.Purpose}, {key.Environment}, {key.State}, made {key.CreatedAt:yyyy-MM-dd HH:mm:ss.fff}";

    private static DataKeyDescription ReadKey(string line)
    {
        var parts = line.Split(' ');
        return new DataKeyDescription(
            int.Parse(parts[0], CultureInfo.InvariantCulture),
            Enum.Parse<DataKeyPurpose>(parts[1]),
            (TenantEnvironment)int.Parse(parts[2], CultureInfo.InvariantCulture),
            Enum.Parse<DataKeyState>(parts[3]),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(parts[4], CultureInfo.InvariantCulture)));
    }

    private static byte[] MacOf(RootKey root, long version, string content)
    {
        Span<byte> key = stackalloc byte[RootKey.Length];
        root.DeriveManifestKey(key);
        try
        {
            return HMACSHA256.HashData(key, new Binding(KeyLabels.Manifest).Add(root.Id).Add(version).Add(content).ToArray());
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }
}

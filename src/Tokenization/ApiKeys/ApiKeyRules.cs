using System.Net;
using System.Net.Sockets;
using System.Text;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>The rules for what members enter about keys.</summary>
internal static class ApiKeyRules
{
    public const string NameField = "Name";
    public const string ScopesField = "Scopes";
    public const string AddressesField = "AllowedAddresses";
    public const string ExpiryField = "ExpiresAt";
    public const string RetireField = "RetireAt";
    public const string FormField = "FormId";

    private const int LongestName = 60;
    private const int MostNetworks = 50;
    private const int LongestFormId = 64;

    public static string Name(FieldErrors errors, string? written)
    {
        var name = written?.Trim() ?? "";
        var length = name.EnumerateRunes().Count();
        if (length is 0 or > LongestName)
        {
            errors.Add(NameField, length == 0 ? "Give the key a name." : $"Use at most {LongestName} characters.");
        }

        if (name.Any(char.IsControl))
        {
            errors.Add(NameField, "Write the name on one line.");
        }

        if (ApiKeyDetector.ContainsApiKey(name))
        {
            errors.Add(NameField, "The name must not contain an API key: names are shown to others.");
        }

        FreeText.Validate(errors, NameField, Encoding.UTF8.GetBytes(name));
        return name;
    }

    public static ApiKeyScopes Scopes(FieldErrors errors, ApiKeyScopes chosen, TenantEnvironment environment)
    {
        var scopes = chosen.In(environment);
        if (scopes == ApiKeyScopes.None || (scopes & ~ApiKeyScopes.All) != ApiKeyScopes.None)
        {
            errors.Add(ScopesField, "Choose at least one scope.");
        }

        return scopes;
    }

    public static IReadOnlyList<IPNetwork> Networks(FieldErrors errors, string? written)
    {
        var texts = (written ?? "").Split([' ', ',', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (texts.Length > MostNetworks)
        {
            errors.Add(AddressesField, $"Use at most {MostNetworks} addresses and networks.");
            return [];
        }

        var networks = new List<IPNetwork>();
        for (var i = 0; i < texts.Length; i++)
        {
            if (TryNetwork(texts[i], out var network))
            {
                networks.Add(network);
            }
            else
            {
                errors.Add(AddressesField, $"Entry {i + 1} is neither an address such as 203.0.113.7 nor a network such as 203.0.113.0/24 or 2001:db8::/32.");
            }
        }

        return [.. networks.Distinct()];
    }

    /// <summary>Validates an instant that must be in the future; null for none.</summary>
    public static DateTimeOffset? ToCome(FieldErrors errors, string field, DateTimeOffset? at, DateTimeOffset now)
    {
        if (at <= now)
        {
            errors.Add(field, "Choose a time that is still to come.");
        }

        return at is { } chosen ? UnixTime.Truncate(chosen.ToUniversalTime()) : null;
    }

    public static string FormId(FieldErrors errors, string formId)
    {
        if (formId.Length is 0 or > LongestFormId || !formId.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_'))
        {
            errors.Add(FormField, "Open the form again.");
        }

        return formId;
    }

    // An address is a network of one. Short forms such as "10.1", which means 10.0.0.1, are refused: they are more likely a slip.
    private static bool TryNetwork(string text, out IPNetwork network)
    {
        network = default;
        var (address, prefix) = text.Split('/') is [var before, var after] ? (before, after) : (text, null);
        if (!IPAddress.TryParse(address, out var parsed) || (parsed.AddressFamily == AddressFamily.InterNetwork && address.Count(character => character == '.') != 3)
            || parsed.IsIPv4MappedToIPv6 || parsed is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 } || text.Contains('[', StringComparison.Ordinal))
        {
            return false;
        }

        if (prefix is not null)
        {
            return IPNetwork.TryParse(text, out network) && network.BaseAddress.Equals(parsed);
        }

        network = new IPNetwork(parsed, parsed.GetAddressBytes().Length * 8);
        return true;
    }
}

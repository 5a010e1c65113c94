using System.Net;
using System.Net.Sockets;
using Dojo.Pci.Tokenization.Cards.Detection;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The form that the text of a field usually has. A text of this form is not searched for card numbers; any other is free text.</summary>
internal enum TextForm
{
    /// <summary>Any text. This includes URLs and e-mail addresses: anybody can choose their paths, queries and names.</summary>
    Free = 0,

    /// <summary>A phone number, with its country code or in national format.</summary>
    PhoneNumber = 1,

    /// <summary>An IP address.</summary>
    IpAddress = 2,
}

/// <summary>Recognises the forms of texts.</summary>
internal static class TextForms
{
    /// <summary>Whether a text has the form. Never true for <see cref="TextForm.Free"/>.</summary>
    public static bool Has(this TextForm form, ReadOnlySpan<byte> utf8) => form switch
    {
        TextForm.PhoneNumber => PhoneForms.IsPhoneNumber(utf8),
        TextForm.IpAddress => IPAddress.TryParse(utf8, out var address) && IsAssigned(address),
        _ => false,
    };

    // Global IPv6 addresses begin with 2 or 3, local ones with F, and loopback and IPv4-mapped ones with 0. In other ranges, colons could
    // turn any number into an address.
    private static bool IsAssigned(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.AddressFamily == AddressFamily.InterNetwork || (address.TryWriteBytes(bytes, out _) && (bytes[0] is >= 0x20 and <= 0x3F or >= 0xFC or 0));
    }
}

using System.Net;
using System.Net.Sockets;
using Dojo.Pci.Tokenization.Cards.Detection;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The form that the text of a field usually has. What has it is not looked through for card numbers; what has not is free text.</summary>
internal enum TextForm
{
    /// <summary>Anything. Addresses of the web and of mail too: their paths, queries and names are anybody's to choose.</summary>
    Free = 0,

    /// <summary>A phone number, with the code of its country or as it is dialled at home.</summary>
    PhoneNumber = 1,

    /// <summary>An IP address.</summary>
    IpAddress = 2,
}

/// <summary>Tells texts of a form from others.</summary>
internal static class TextForms
{
    /// <summary>Whether a text has the form. Never true for <see cref="TextForm.Free"/>.</summary>
    public static bool Has(this TextForm form, ReadOnlySpan<byte> utf8) => form switch
    {
        TextForm.PhoneNumber => PhoneForms.IsPhoneNumber(utf8),
        TextForm.IpAddress => IPAddress.TryParse(utf8, out var address) && IsAssigned(address),
        _ => false,
    };

    // Global addresses of version 6 begin with 2 or 3, local ones with F. Of others, colons make any number.
    private static bool IsAssigned(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        return address.AddressFamily == AddressFamily.InterNetwork || (address.TryWriteBytes(bytes, out _) && (bytes[0] is >= 0x20 and <= 0x3F or >= 0xFC or 0));
    }
}

namespace Dojo.Pci.Tokenization.Cards.Detection;

/// <summary>
/// Marks the parts of a plain text that are numbers of another kind: dates, times, amounts, phone numbers, IBANs, IP addresses, timestamps,
/// article and tracking numbers, UUIDs. Most have their own check digits or ranges, which a card number rarely satisfies.
/// </summary>
internal static class KnownForms
{
    /// <summary>Sets <see cref="PlainText.Marked"/> on every character of a known form.</summary>
    public static void Mark(Span<byte> plain)
    {
        for (var at = 0; at < plain.Length;)
        {
            var end = End(plain, at);
            if (end <= at)
            {
                at++;
                continue;
            }

            foreach (ref var character in plain[at..end])
            {
                character |= PlainText.Marked;
            }

            at = end;
        }
    }

    // Each form returns where it ends, or 0 if it does not match. Longer forms are tried first: an IBAN may contain a date.
    private static int End(ReadOnlySpan<byte> plain, int at)
    {
        var character = plain[at];
        var before = at > 0 ? plain[at - 1] : (byte)0; // marked if it belongs to a form that ends here
        if (PlainText.IsLetter(character))
        {
            return !PlainText.IsLetterOrDigit(before) && (Is(IdentifierForms.Uuid(plain, at), out var word) || Is(IdentifierForms.Iban(plain, at), out word)) ? word : 0;
        }

        if (character == '+')
        {
            return PlainText.IsLetterOrDigit(before) ? 0 : PhoneForms.End(plain, at);
        }

        if (!PlainText.IsDigit(character) || PlainText.IsDigit(before))
        {
            return 0;
        }

        var isWord = !PlainText.IsLetter(before);
        var end = 0;
        _ = (isWord && Is(IdentifierForms.Uuid(plain, at), out end))
            || (isWord && Is(IdentifierForms.Parcel(plain, at), out end))
            || Is(PhoneForms.End(plain, at), out end)
            || Is(IdentifierForms.Number(plain, at), out end)
            || Is(IdentifierForms.IpAddress(plain, at), out end)
            || Is(DateForms.Date(plain, at), out end)
            || Is(DateForms.Time(plain, at), out end)
            || Is(AmountForms.End(plain, at), out end);
        return end;
    }

    private static bool Is(int found, out int end) => (end = found) > 0;
}

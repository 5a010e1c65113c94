using System.Text;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// The only grammar for dates and times in requests and URLs: RFC 3339 section 5.6, with seconds and offset optional, or a date
/// alone, which means its start. A time without offset is in UTC: Dojo's .NET client sends a <c>DateTime</c> of unspecified kind that
/// way. The time zone and the culture of the machine have no influence. Fractional digits beyond the seventh are dropped; leap seconds
/// (<c>:60</c>) are refused, because .NET has none.
/// </summary>
public static class InstantText
{
    /// <summary>What a text must be, with an article, for messages.</summary>
    public const string Expected = "a date and time in RFC 3339 format, such as 2027-01-31T12:00:00Z";

    private const int LongestText = 64;
    private const int DigitsOfTicks = 7;

    /// <summary>Reads a text; the instant is in UTC. Returns false for a text that is not a date or time.</summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        Span<byte> utf8 = stackalloc byte[LongestText];
        instant = default;
        return text is not null && Encoding.UTF8.TryGetBytes(text, utf8, out var written) && TryParse(utf8[..written], out instant);
    }

    /// <summary>Reads a text in UTF-8; the instant is in UTC. Returns false for a text that is not a date or time.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset instant)
    {
        instant = default;
        var text = new Reader(utf8);
        if (!text.TryDate(out var ticks))
        {
            return false;
        }

        if (!text.IsAtEnd)
        {
            if (!text.TryTime(out var time) || !text.TryOffset(out var offset))
            {
                return false;
            }

            ticks += time - offset;
        }

        if (!text.IsAtEnd || ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    private ref struct Reader(ReadOnlySpan<byte> rest)
    {
        private ReadOnlySpan<byte> _rest = rest;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public bool TryDate(out long ticks)
        {
            ticks = 0;
            if (!TryNumber(4, 1, 9999, out var year) || !Skip('-') || !TryNumber(2, 1, 12, out var month) || !Skip('-')
                || !TryNumber(2, 1, DateTime.DaysInMonth(year, month), out var day))
            {
                return false;
            }

            ticks = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).Ticks;
            return true;
        }

        public bool TryTime(out long ticks)
        {
            ticks = 0;
            if (!(Skip('T') || Skip('t')) || !TryNumber(2, 0, 23, out var hour) || !Skip(':') || !TryNumber(2, 0, 59, out var minute))
            {
                return false;
            }

            var (second, fraction) = (0, 0L);
            if (Skip(':') && (!TryNumber(2, 0, 59, out second) || (Skip('.') && !TryFraction(out fraction))))
            {
                return false;
            }

            ticks = new TimeSpan(hour, minute, second).Ticks + fraction;
            return true;
        }

        /// <summary>Reads the offset: positive to the east; a missing offset means UTC.</summary>
        public bool TryOffset(out long ticks)
        {
            ticks = 0;
            if (IsAtEnd || Skip('Z') || Skip('z'))
            {
                return true;
            }

            var isWest = Skip('-');
            if (!(isWest || Skip('+')) || !TryNumber(2, 0, 23, out var hours) || !Skip(':') || !TryNumber(2, 0, 59, out var minutes))
            {
                return false;
            }

            ticks = new TimeSpan(hours, minutes, 0).Ticks * (isWest ? -1 : 1);
            return true;
        }

        private bool TryFraction(out long ticks)
        {
            ticks = 0;
            var digits = 0;
            for (; !IsAtEnd && char.IsAsciiDigit((char)_rest[0]); digits++, _rest = _rest[1..])
            {
                ticks = digits < DigitsOfTicks ? (ticks * 10) + _rest[0] - '0' : ticks;
            }

            for (var missing = digits; missing < DigitsOfTicks; missing++)
            {
                ticks *= 10;
            }

            return digits > 0;
        }

        private bool TryNumber(int digits, int least, int most, out int number)
        {
            number = 0;
            if (_rest.Length < digits || _rest[..digits].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            {
                return false;
            }

            foreach (var digit in _rest[..digits])
            {
                number = (number * 10) + digit - '0';
            }

            _rest = _rest[digits..];
            return number >= least && number <= most;
        }

        private bool Skip(char expected)
        {
            var isThere = !IsAtEnd && _rest[0] == expected;
            _rest = isThere ? _rest[1..] : _rest;
            return isThere;
        }
    }
}

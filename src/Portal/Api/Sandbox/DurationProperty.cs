using System.Text.Json;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.Sandbox;

/// <summary>A duration in a body: in ISO 8601 format, or in whole seconds.</summary>
internal static class DurationProperty
{
    private const long MostSeconds = 100_000_000_000; // three thousand years

    /// <summary>Reads the duration at the reader's position and moves past it; null if the value is not a duration.</summary>
    public static CalendarDuration? Read(ref Utf8JsonReader reader)
    {
        if (WholeNumber.TryRead(ref reader, out var seconds) && Math.Abs(seconds) <= MostSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        if (reader.TokenType == JsonTokenType.String && CalendarDuration.TryParse(reader.GetString()!, out var duration))
        {
            return duration;
        }

        reader.Skip();
        return null;
    }
}

using Dojo.Pci.Tokenization;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>All faults of the settings, of every section at once.</summary>
internal sealed class SettingChecks(IStartupValidator validator)
{
    /// <summary>Every fault, as a sentence that names the setting and does not repeat its value.</summary>
    public IReadOnlyList<string> FindFaults()
    {
        try
        {
            validator.Validate();
            return [];
        }
        catch (OptionsValidationException invalid)
        {
            return [.. invalid.Failures];
        }
        catch (AggregateException several) when (several.InnerExceptions.All(inner => inner is OptionsValidationException))
        {
            // Options that are read for the sake of others tell their faults once for each.
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Refuses to go on when there is a fault.</summary>
    /// <exception cref="StartRefusedException">There is one.</exception>
    public void Refuse()
    {
        if (FindFaults() is { Count: > 0 } faults)
        {
            throw new StartRefusedException(faults);
        }
    }
}

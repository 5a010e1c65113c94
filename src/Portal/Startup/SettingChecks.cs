using Dojo.Pci.Tokenization;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>Finds the faults of all settings, of every section at once.</summary>
internal sealed class SettingChecks(IStartupValidator validator)
{
    /// <summary>Returns every fault, as a sentence that names the setting and does not repeat its value.</summary>
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
            // Options that other options depend on report their faults once for each of these.
            return [.. several.InnerExceptions.Cast<OptionsValidationException>().SelectMany(invalid => invalid.Failures).Distinct(StringComparer.Ordinal)];
        }
    }

    /// <summary>Throws if there is a fault.</summary>
    /// <exception cref="StartRefusedException">There is a fault.</exception>
    public void Refuse()
    {
        if (FindFaults() is { Count: > 0 } faults)
        {
            throw new StartRefusedException(faults);
        }
    }
}

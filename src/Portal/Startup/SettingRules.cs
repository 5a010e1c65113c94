using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// Checks that every setting of a section exists, can be converted to its type, and is within the bounds that its property declares with
/// <see cref="RangeAttribute"/>.
/// </summary>
internal static class SettingRules
{
    /// <summary>Returns the faults of a section's settings: the setting, and a sentence that names it and does not repeat its value.</summary>
    public static IEnumerable<(string Setting, string Fault)> FaultsOf(IConfiguration configuration, string section, Type options)
    {
        var properties = options.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is not null && property.Name != NotToBeSet(section))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var written = configuration.GetSection(section);
        if (!string.IsNullOrEmpty(written.Value))
        {
            yield return ("", $"{section} is a section: it has settings below it and no value of its own.");
        }

        foreach (var setting in written.GetChildren())
        {
            if (!properties.TryGetValue(setting.Key, out var property))
            {
                yield return (setting.Path, $"{section}:{setting.Key} is not a setting. {section} has {string.Join(", ", properties.Values.Select(known => known.Name))}.");
            }
            else if (!SettingSection.IsSection(property.PropertyType) && FaultOf(setting, property) is { } fault)
            {
                yield return (setting.Path, $"{section}:{property.Name} {fault}");
            }
        }
    }

    // The property that cannot be set, because it follows from Portal:DataDirectory.
    private static string? NotToBeSet(string section) => section == "Storage" ? nameof(StorageOptions.DataDirectory) : null;

    private static string? FaultOf(IConfigurationSection setting, PropertyInfo property)
    {
        var isList = property.PropertyType != typeof(string) && property.PropertyType.IsAssignableTo(typeof(System.Collections.IEnumerable));
        if (isList || setting.GetChildren().Any())
        {
            return isList ? null : "has one value, and nothing below it.";
        }

        var bounds = property.GetCustomAttribute<RangeAttribute>();
        return Read(setting.Value ?? "", property.PropertyType) is { } value && bounds?.IsValid(value) != false ? null : $"must be {KindOf(property.PropertyType, bounds)}.";
    }

    // Reads like the framework, except that an enum must be one name: not a number, and not several names.
    private static object? Read(string text, Type type) => type switch
    {
        _ when type == typeof(string) => text,
        _ when type == typeof(bool) => bool.TryParse(text, out var value) ? value : null,
        _ when type == typeof(int) => int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null,
        _ when type == typeof(long) => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var value) ? value : null,
        _ when type == typeof(double) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null,
        _ when type == typeof(TimeSpan) => TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var value) ? value : null,
        { IsEnum: true } => Enum.GetNames(type).Contains(text, StringComparer.OrdinalIgnoreCase) ? Enum.Parse(type, text, ignoreCase: true) : null,
        _ => throw new NotSupportedException($"Settings of the type {type.Name} have no check."),
    };

    private static string KindOf(Type type, RangeAttribute? bounds) => type switch
    {
        { IsEnum: true } => $"one of {string.Join(", ", Enum.GetNames(type))}",
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => $"a time{Within(bounds)}; days, hours, minutes and seconds are written 1.02:03:04",
        _ => $"a number{Within(bounds)}",
    };

    private static string Within(RangeAttribute? bounds) => bounds is null ? "" : string.Create(CultureInfo.InvariantCulture, $" from {bounds.Minimum} to {bounds.Maximum}");
}

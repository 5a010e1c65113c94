using System.Reflection;

namespace Dojo.Pci.Portal;

/// <summary>The version that the build stamped on this program.</summary>
internal static class ProductVersion
{
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}

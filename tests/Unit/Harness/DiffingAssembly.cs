using System.Runtime.CompilerServices;
using System.Runtime.Loader;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>
/// Finds AngleSharp.Diffing, which bUnit needs and which build/BUnit.props copies beside the tests: the dependency
/// graph does not know it. To be deleted together with that file.
/// </summary>
internal static class DiffingAssembly
{
    private const string Name = "AngleSharp.Diffing";

    // CA2255 is about libraries that surprise the programs which load them; this is the program.
#pragma warning disable CA2255
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void Resolve() =>
        AssemblyLoadContext.Default.Resolving += static (context, wanted) =>
            wanted.Name == Name ? context.LoadFromAssemblyPath(Path.Combine(AppContext.BaseDirectory, $"{Name}.dll")) : null;
}

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The layout of the public pages.</summary>
public sealed partial class MainLayout;

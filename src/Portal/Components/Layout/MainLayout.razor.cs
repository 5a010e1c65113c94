namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>What is around the pages that strangers see.</summary>
public sealed partial class MainLayout;

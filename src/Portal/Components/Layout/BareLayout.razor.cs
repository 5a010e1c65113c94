namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Nothing around a page: for one that chooses its layout by who looks at it.</summary>
public sealed partial class BareLayout;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>Around the pages that let someone in: nothing but the one thing to do.</summary>
public sealed partial class GateLayout;

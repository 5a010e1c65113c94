namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The layout of the sign-in, set-up and reset pages: no menu, only the one thing to do.</summary>
public sealed partial class GateLayout;

namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>The layout of a page for both members and visitors who are not signed in: a member keeps the menu and the selected tenant.</summary>
public sealed partial class EitherLayout;

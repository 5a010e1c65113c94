namespace Dojo.Pci.Portal.Components.Layout;

/// <summary>For a page that members and strangers see: a member keeps the menu and the place.</summary>
public sealed partial class EitherLayout;

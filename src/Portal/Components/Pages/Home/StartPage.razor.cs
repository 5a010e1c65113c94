namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>The page at the root: the home page for members, the landing page for others.</summary>
public sealed partial class StartPage;

namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>The page at the root: the landing page for strangers, the home page for members.</summary>
public sealed partial class StartPage;

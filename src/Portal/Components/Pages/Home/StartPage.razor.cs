namespace Dojo.Pci.Portal.Components.Pages.Home;

/// <summary>What stands at the root: for strangers what this is, for members how it does.</summary>
public sealed partial class StartPage;

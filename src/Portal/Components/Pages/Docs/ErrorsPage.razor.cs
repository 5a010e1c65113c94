namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>Lists every refusal that is explained. Public.</summary>
public sealed partial class ErrorsPage;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>Every refusal that is explained. Public.</summary>
public sealed partial class ErrorsPage;

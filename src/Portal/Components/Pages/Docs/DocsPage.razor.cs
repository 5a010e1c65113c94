namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>The first page of the documentation. Public.</summary>
public sealed partial class DocsPage;

namespace Dojo.Pci.Portal.Components.Pages.Docs;

/// <summary>The way into the documentation. Public.</summary>
public sealed partial class DocsPage;

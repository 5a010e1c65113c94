namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>How a receiver verifies what comes from here, with code to copy. No secret is in it.</summary>
public sealed partial class EndpointVerify;

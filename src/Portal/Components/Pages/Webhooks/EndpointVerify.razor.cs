namespace Dojo.Pci.Portal.Components.Pages.Webhooks;

/// <summary>Shows how a receiver verifies deliveries, with code to copy. Contains no secret.</summary>
public sealed partial class EndpointVerify;

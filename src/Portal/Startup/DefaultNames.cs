namespace Dojo.Pci.Portal.Startup;

/// <summary>What is called so until somebody names it. They differ, so that nobody takes the location for the account.</summary>
internal static class DefaultNames
{
    public const string Account = "My company";

    public const string Location = "Main location";
}

namespace Dojo.Pci.Portal.Startup;

/// <summary>The initial names of an account and its location. They differ, so that nobody mistakes the location for the account.</summary>
internal static class DefaultNames
{
    public const string Account = "My company";

    public const string Location = "Main location";
}

using System.Security.Cryptography;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>Creates a root key as an operator does.</summary>
internal static class RootKeyFile
{
    /// <summary>Creates one in a directory, which is created too, with the owner and modes that the service requires.</summary>
    public static void Make(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            throw new PlatformNotSupportedException("There are no modes.");
        }

        System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var file = Path.Combine(directory, "root.key");
        File.WriteAllBytes(file, RandomNumberGenerator.GetBytes(32));
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
    }
}

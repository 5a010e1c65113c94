using System.Security.Cryptography;

namespace Dojo.Pci.Tests.E2E.Infrastructure;

/// <summary>A root key as an operator makes one.</summary>
internal static class RootKeyFile
{
    /// <summary>Makes one in a directory, which is made too; owner and modes are as the service wants them.</summary>
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

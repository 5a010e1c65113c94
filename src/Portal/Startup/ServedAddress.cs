using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// The address that links for people begin with: <see cref="PublicAddress"/>; without one, where the service listens. The serving
/// process notes that in the data directory, for commands that run beside it with other settings.
/// </summary>
internal sealed class ServedAddress(PublicAddress address, IConfiguration configuration, IOptions<StorageOptions> storage)
{
    private string NoteFile => Path.Combine(storage.Value.DataDirectory, "portal.address");

    /// <summary>Scheme, host and port, without a slash at the end.</summary>
    public string Current => address.Origin ?? Noted() ?? ListeningAddresses.Openable(ListeningAddresses.In(configuration) is [var first, ..] ? first : ListeningAddresses.Default).TrimEnd('/');

    /// <summary>Notes where the service listens. A disk that takes no note keeps nobody from serving.</summary>
    public void Note(IEnumerable<string> listening)
    {
        if (listening.FirstOrDefault() is not { } first)
        {
            return;
        }

        try
        {
            File.WriteAllText(NoteFile, ListeningAddresses.Openable(first));
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(NoteFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // A command then goes by its own settings.
        }
    }

    private string? Noted()
    {
        try
        {
            return PublicAddress.TryParse(File.ReadAllText(NoteFile), out var noted) ? noted.GetLeftPart(UriPartial.Authority) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null; // It has not served yet, or not for this user.
        }
    }
}

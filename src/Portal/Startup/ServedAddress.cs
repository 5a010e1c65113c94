using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Startup;

/// <summary>
/// The address with which links for people begin: <see cref="PublicAddress"/>; without one, the address at which the service listens. The
/// serving process notes the latter in the data directory, for commands that run beside it with other settings.
/// </summary>
internal sealed class ServedAddress(PublicAddress address, IConfiguration configuration, IOptions<StorageOptions> storage)
{
    private string NoteFile => Path.Combine(storage.Value.DataDirectory, "portal.address");

    /// <summary>Scheme, host and port, without a trailing slash.</summary>
    public string Current => address.Origin ?? Noted() ?? ListeningAddresses.Openable(ListeningAddresses.In(configuration) is [var first, ..] ? first : ListeningAddresses.Default).TrimEnd('/');

    /// <summary>Notes the address at which the service listens. The service runs even if the note cannot be written.</summary>
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
            // Commands then use their own settings.
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
            return null; // The service has not run yet, or this user may not read the note.
        }
    }
}

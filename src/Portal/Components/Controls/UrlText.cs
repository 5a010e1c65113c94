namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A text that the visitor types and that the address repeats. What comes back from the browser as a changed address may be
/// the echo of a letter typed a moment ago; taking it over would delete the letters typed since. This tells the two apart.
/// </summary>
internal sealed class UrlText
{
    private readonly List<string> _echoesToCome = [];
    private string _inUrl = "";

    public string Value { get; private set; } = "";

    /// <summary>The visitor typed, and the address should say <paramref name="inUrl"/>. False when it says so already.</summary>
    public bool Typed(string value, string inUrl)
    {
        Value = value;
        if (inUrl == (_echoesToCome.Count > 0 ? _echoesToCome[^1] : _inUrl))
        {
            return false;
        }

        _echoesToCome.Add(inUrl);
        return true;
    }

    /// <summary>The address says this now.</summary>
    public void Arrived(string? inUrl)
    {
        inUrl ??= "";
        if (inUrl == _inUrl)
        {
            return;
        }

        _inUrl = inUrl;
        var echo = _echoesToCome.IndexOf(inUrl);
        if (echo >= 0)
        {
            _echoesToCome.RemoveRange(0, echo + 1);
            return;
        }

        _echoesToCome.Clear();
        Value = inUrl;
    }
}

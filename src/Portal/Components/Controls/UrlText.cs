namespace Dojo.Pci.Portal.Components.Controls;

/// <summary>
/// A text that the visitor types and that the address repeats. A changed address that the browser reports may be the echo of a letter typed a
/// moment ago; adopting it would delete the letters typed since. This class distinguishes echoes from real changes.
/// </summary>
internal sealed class UrlText
{
    private readonly List<string> _echoesToCome = [];
    private string _inUrl = "";

    public string Value { get; private set; } = "";

    /// <summary>Records typed text, for which the address should hold <paramref name="inUrl"/>. Returns false if it already does or is about to.</summary>
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

    /// <summary>Records what the address holds now.</summary>
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

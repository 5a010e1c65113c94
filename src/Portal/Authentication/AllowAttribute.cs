using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Authorization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Lets those open a page who may do what it is for, by the one table of roles.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowAttribute : AuthorizeAttribute
{
    /// <summary>Names the operation.</summary>
    public AllowAttribute(Operation operation)
    {
        Operation = operation;
        Policy = operation.ToString();
    }

    /// <summary>What the page is for.</summary>
    public Operation Operation { get; }
}

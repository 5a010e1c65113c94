using Dojo.Pci.Tokenization.Access;
using Microsoft.AspNetCore.Authorization;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>Opens a page to members whose role allows its operation, by the <see cref="RoleTable"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class AllowAttribute : AuthorizeAttribute
{
    /// <summary>Requires a role that allows an operation.</summary>
    public AllowAttribute(Operation operation)
    {
        Operation = operation;
        Policy = operation.ToString();
    }

    /// <summary>The operation that the page serves.</summary>
    public Operation Operation { get; }
}

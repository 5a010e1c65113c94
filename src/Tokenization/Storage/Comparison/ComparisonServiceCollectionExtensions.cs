using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tokenization.Storage.Comparison;

/// <summary>How writes are made, to compare the product's own way with.</summary>
public enum ComparedWriting
{
    /// <summary>A connection and a transaction for each piece of work: what most people write first.</summary>
    Naive,

    /// <summary>One connection that is taken in turn, and a commit for each piece of work.</summary>
    Gated,
}

/// <summary>The product with its writing side replaced. For the command <c>bench</c> alone: it measures what the product's own is worth.</summary>
public static class ComparisonServiceCollectionExtensions
{
    /// <summary>Replaces how writes are made. To be called before <see cref="TokenizationServiceCollectionExtensions.AddTokenization"/>.</summary>
    public static IServiceCollection AddComparison(this IServiceCollection services, ComparedWriting writing)
    {
        services.AddSingleton<SqliteDatabase>();
        return writing == ComparedWriting.Naive ? services.AddSingleton<IDatabase, NaiveDatabase>() : services.AddSingleton<IDatabase, GatedDatabase>();
    }
}

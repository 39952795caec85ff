namespace MfaPlan.Core.Checklists;

/// <summary>Where a step of the guide stands.</summary>
/// <param name="Item">The step.</param>
/// <param name="Answer">What people said of it; null for nothing.</param>
/// <param name="Standing">Where it stands.</param>
/// <param name="Why">What is wrong with its evidence; null otherwise.</param>
public sealed record ItemOpinion(ChecklistItem Item, ItemAnswer? Answer, ItemStanding Standing, string? Why)
{
    /// <summary>Whether nothing waits for it any more.</summary>
    public bool IsSettled => Standing is ItemStanding.Done or ItemStanding.NotApplicable;
}

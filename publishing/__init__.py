"""The ground of the site: drafts and schedule, images and videos, rich text, page heads. Knows Django only."""

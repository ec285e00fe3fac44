terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 6.20"
    }

    google = {
      source  = "hashicorp/google"
      version = ">= 6.20"
    }
  }
}

provider "aws" {
  region = var.aws_region
}

provider "google" {
  project = var.project
}
